// What is typed into a date field stays there: the picker would put the present moment in place of what it cannot read.
// The form tells what is wrong with it when it is sent.
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
