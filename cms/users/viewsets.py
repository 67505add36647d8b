"""Staff and units in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from cms.users.models import Unit


class StaffCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | {"units"}


class StaffEditForm(UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | {"units"}


class StaffViewSet(UserViewSet):
    """Wagtail's user admin with the units a person works for."""

    template_prefix = "users/staff/"

    def get_form_class(self, for_update: bool = False) -> type[UserCreationForm] | type[UserEditForm]:
        return StaffEditForm if for_update else StaffCreationForm


class UnitViewSet(ModelViewSet):
    model = Unit
    icon = "group"
    menu_label = _("Yksiköt")
    menu_order = 610
    add_to_settings_menu = True
    list_display = ["name", "email"]
    search_fields = ["name"]
    form_fields = ["name", "email"]
    inspect_view_enabled = False
