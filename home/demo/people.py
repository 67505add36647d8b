"""Units and demo accounts, one for each role."""

from django.contrib.auth.hashers import make_password

from cms.users.models import Unit, User
from cms.users.roles import Role, group_of
from home.demo.context import Demo

# Known to everybody; accounts with it are let in only where settings.DEMO_ACCOUNTS_ALLOWED.
PASSWORD = "kokeile-osallistua"  # noqa: S105

UNITS = {
    "kadut": "Kadut ja liikenne",
    "puistot": "Puistot ja viheralueet",
    "liikunta": "Liikuntapalvelut",
    "kulttuuri": "Kirjasto- ja kulttuuripalvelut",
    "kehittaminen": "Kehittämispalvelut",
}
# user name → role, what the role does, unit
ACCOUNTS: dict[str, tuple[Role, str, str | None]] = {
    "sisalto": (Role.EDITOR, "kirjoittaa sivuja ja lähettää ne tarkistettaviksi", None),
    "viestinta": (Role.COMMUNICATIONS, "tarkistaa ja julkaisee sivut", None),
    "moderaattori": (Role.MODERATOR, "julkaisee asukkaiden ehdotukset ja palautteet", None),
    "arvioija": (Role.SCREENER, "arvioi liikuntapalvelujen ehdotukset", "liikunta"),
    "koordinaattori": (Role.BUDGETING_COORDINATOR, "vetää osallistuvaa budjetointia ja raateja", None),
    "kasittelija": (Role.CASE_HANDLER, "vastaa katujen ja liikenteen palautteisiin", "kadut"),
    "yllapito": (Role.ADMINISTRATOR, "hoitaa käyttäjät, asetukset ja kaiken muun", None),
}


def are_there() -> bool:
    """Whether the demo has been built."""
    return User.objects.filter(is_demo=True, username__in=ACCOUNTS).exists()


def build(demo: Demo) -> None:
    for key, name in UNITS.items():
        demo.units[key] = Unit.objects.get_or_create(name=name, defaults={"email": f"{key}@example.com"})[0]
    secret = make_password(PASSWORD)
    for username, (role, _does, unit) in ACCOUNTS.items():
        user = User(
            username=username, first_name=role.value, email=f"{username}@example.com", password=secret, is_demo=True
        )
        user.full_clean()
        user.save()
        user.groups.add(group_of(role))
        if unit:
            user.units.add(demo.units[unit])
        demo.users[username] = user
