from django.apps import AppConfig


class ParticipationPagesConfig(AppConfig):
    name = "participation_pages"
    verbose_name = "Osallistumisen sivut"
