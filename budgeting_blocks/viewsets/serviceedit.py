"""Editing a record whose changes a service makes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from wagtail.admin.views import generic

from cms.common.errors import ServiceError


class ServiceEditView(generic.EditView):
    """`save_instance` calls the service, so that its rules, log and mail hold here as well; what it refuses stands beside
    the field."""

    def form_valid(self, form: forms.ModelForm) -> HttpResponseBase:
        try:
            return super().form_valid(form)
        except ServiceError as error:
            self.show_refusal(form, error)
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)

    def show_refusal(self, form: Any, error: ServiceError) -> None:
        """Put the refusal into the form."""
        form.add_error(error.field if error.field in form.fields else None, error.message)
