"""Who can sign in at the broker. Nobody here exists; identity numbers from 900 on are given to no one."""

PEOPLE: dict[str, dict[str, str]] = {
    "aino": {"name": "Aino Asukas", "hetu": "131052-908T", "birthdate": "1952-10-13", "municipality_code": "106"},
    "eero": {"name": "Eero Etelä", "hetu": "010594Y9021", "birthdate": "1994-05-01", "municipality_code": "091"},
    "lumi": {"name": "Lumi Lapsi", "hetu": "010520A903X", "birthdate": "2020-05-01", "municipality_code": "106"},
}
