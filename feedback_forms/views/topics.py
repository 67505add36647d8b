"""Topics in the admin."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView


class TopicDeleteView(DeleteView):
    """Deletes a topic that nobody has used; others are taken out of use instead."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, _("Aiheella on palautteita, joten sitä ei voi poistaa. Ota se pois käytöstä."))
            return HttpResponseRedirect(reverse("feedback_topics:edit", args=[self.object.pk]))
