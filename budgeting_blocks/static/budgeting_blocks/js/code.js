// Writes a code that stands behind # in the address into the form's field, and takes it out of the address. What stands there
// is never sent to a server. Without this script the voter types the code.

const field = document.querySelector("[data-code-from-address] input[name=code]");
const code = decodeURIComponent(location.hash.slice(1));
if (field && /^[0-9A-Za-z-]{10,40}$/.test(code)) {
  if (!field.value) field.value = code;
  history.replaceState(null, "", location.pathname);
}
