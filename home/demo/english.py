"""The main pages' texts in English, by their Finnish originals (addresses included)."""

ENGLISH: dict[str, str] = {
    # Front page
    "Osallistu": "Take part",
    "etusivu": "home",
    "Osallistu Hyvinkäällä": "Take part in Hyvinkää",
    "Tehdään kaupungista yhdessä parempi": "Let us make the city better together",
    "Ehdota, äänestä, kysy ja kerro. Jokainen viesti luetaan, ja näet, mitä siitä seurasi.": (
        "Propose, vote, ask and tell. Every message is read, and you will see what came of it."
    ),
    "Ehdota ja äänestä": "Propose and vote",
    "Anna palautetta": "Give feedback",
    "Nyt voit vaikuttaa": "What you can do now",
    "Mihin 50 000 euroa käytetään? Sinä päätät.": "What should 50,000 euros be spent on? You decide.",
    "Hae raatiin": "Apply to the panel",
    "Haemme 24 asukasta pohtimaan keskustan tulevaisuutta.": "We seek 24 residents to think about the city centre.",
    "Kiitä, moiti, kysy tai ilmoita viasta.": "Thank, complain, ask or report a fault.",
    "Foorumeissa tapahtuu": "News from the forums",
    "Onko sinulla idea?": "Do you have an idea?",
    "Ehdotuksen tekee viidessä minuutissa. Et tarvitse tunnuksia etkä valmista suunnitelmaa.": (
        "Making a proposal takes five minutes. You need neither an account nor a finished plan."
    ),
    "Tee ehdotus": "Make a proposal",
    # Budgeting
    "Osallistuva budjetointi": "Participatory budgeting",
    "osallistuva-budjetointi": "participatory-budgeting",
    "Asukkaat ehdottavat, kaupunki hinnoittelee, asukkaat äänestävät. Eniten ääniä saaneet toteutetaan.": (
        "Residents propose, the city names the price, residents vote. What gets the most votes is carried out."
    ),
    "Tämä on esittelykierros": "This is a demo round",
    (
        "Ehdotukset ja hinnat ovat keksittyjä esimerkkejä. Oikealla kierroksella ensin ehdotetaan ja vasta sitten äänestetään; "
        "täällä voit kokeilla molempia yhtä aikaa."
    ): (
        "The proposals and prices are made-up examples. In a real round people propose first and vote later; here you can try "
        "both at once."
    ),
    "Äänestä ja ehdota": "Vote and propose",
    "Usein kysyttyä": "Questions and answers",
    "Kuka saa ehdottaa?": "Who may propose?",
    "Kuka tahansa, ilman tunnuksia. Sähköpostiosoite tarvitaan kuittia varten.": (
        "Anybody, without an account. An e-mail address is needed for the receipt."
    ),
    "Miten äänestän?": "How do I vote?",
    "Valitse ehdotukset, jotka mahtuvat kierroksen rahaan. Sitten todistat äänioikeutesi, esimerkiksi koodilla.": (
        "Choose proposals that together fit into the round’s money. Then prove your right to vote, for example with a code."
    ),
    "Kuka näkee ääneni?": "Who can see my vote?",
    "Ei kukaan. Äänestyslippu ja koodi säilytetään erillään, eikä niitä voi yhdistää.": (
        "Nobody. The ballot and the code are kept apart and cannot be joined."
    ),
    "Malli ja muut kierrokset": "The model and other rounds",
    "Näin malli toimii": "How the model works",
    "Vaiheet ehdotuksesta hankkeeseen ja päätös, johon ne perustuvat.": (
        "The phases from a proposal to a project, and the decision behind them. In Finnish."
    ),
    "Esimerkkikierros tuloksineen": "An example round with its results",
    "Keksitty kierros, joka on äänestetty, laskettu ja vahvistettu. Hankkeet ovat käynnissä.": (
        "A made-up round that was voted on, counted and confirmed. Its projects are under way. In Finnish."
    ),
    "Äänestä pisteillä": "Vote with points",
    "Toinen keksitty kierros: jaa kymmenen pistettä kylien ehdotuksille.": (
        "Another made-up round: give ten points to the villages’ proposals. In Finnish."
    ),
    "Kierros 2023": "The round of 2023",
    "50 000 euroa, 170 ehdotusta, seitsemän toteutukseen.": "50,000 euros, 170 proposals, seven funded. In Finnish.",
    "Kierros 2021": "The round of 2021",
    "20 000 euroa, 11 ehdotusta äänestyksessä, kaksi toteutukseen.": (
        "20,000 euros, 11 proposals on the ballot, two funded. In Finnish."
    ),
    "Kierros 2020": "The round of 2020",
    "20 000 euroa, 110 ehdotusta, viisi toteutukseen.": "20,000 euros, 110 proposals, five funded. In Finnish.",
    # Feedback
    "Palaute": "Feedback",
    "anna-palautetta": "feedback",
    "Kiitä, moiti, kysy, ehdota tai ilmoita viasta. Vastaamme viidessä arkipäivässä, jos haluat vastauksen.": (
        "Thank, complain, ask, suggest or report a fault. If you want an answer, you will have it in five working days."
    ),
    # Forum
    "Ympäristöfoorumi": "Environment forum",
    "ymparistofoorumi": "environment-forum",
    "Foorumi kokoaa yhteen ne, joita kiinnostavat lähiluonto ja kestävä arki. Tule mukaan.": (
        "The forum brings together those who care about nearby nature and sustainable everyday life. Join in."
    ),
    "Mistä on kyse?": "What is it about?",
    (
        "Ympäristöfoorumi perustettiin vuonna 2018. Se lisää tietoa ympäristöstä, tekee lähiluontoa tutuksi ja edistää kestävää "
        "kehitystä. Joka vuodella on oma teemansa."
    ): (
        "The environment forum was founded in 2018. It spreads knowledge of the environment, makes nearby nature familiar and "
        "furthers sustainable development. Every year has a theme of its own."
    ),
    "Foorumi järjestää tapahtumia, tiedottaa ja keskustelee. Mukaan pääsee jokainen.": (
        "The forum arranges events, informs and discusses. Everybody may join."
    ),
    "Esittelyn tapahtumat": "Demo events",
    "Tapahtumat ja tiedotteet ovat keksittyjä esimerkkejä.": "The events and announcements are made-up examples.",
    # Panels
    "Kuntalaisraati": "Citizens’ panel",
    "kuntalaisraati": "citizens-panel",
    "Raatiin arvotaan erilaisia asukkaita. He perehtyvät yhteen kysymykseen ja antavat siitä suosituksen.": (
        "Residents of all kinds are drawn to a panel. They study one question and give a recommendation."
    ),
    "Miksi raati?": "Why a panel?",
    (
        "Äänestyksessä ratkaisee määrä. Raadissa ratkaisee keskustelu: sama asia näyttää erilaiselta nuoren ja eläkeläisen, "
        "keskustan ja kylän silmin."
    ): (
        "In a vote, numbers decide. In a panel, talk decides: the same thing looks different to the young and the old, in the "
        "centre and in a village."
    ),
    (
        "Jäsenet arvotaan hakijoista niin, että raati muistuttaa kaupunkia. Raadin suositus ja kaupungin vastaus siihen "
        "julkaistaan."
    ): (
        "Members are drawn from the applicants so that the panel resembles the city. Its recommendation and the city’s answer "
        "are published."
    ),
    "Haku: kaupungin keskusta": "Call: the city centre",
    "haku-keskusta": "call-city-centre",
    "Haemme 24 asukasta pohtimaan keskustan tulevaisuutta kahtena iltana.": (
        "We seek 24 residents to think about the future of the city centre on two evenings."
    ),
    "Esittelyn raati": "A demo panel",
    "Raati ja sen ajat ovat keksittyjä esimerkkejä.": "The panel and its dates are made-up examples.",
    # Ways to take part, plan
    "Näin osallistut": "Ways to take part",
    "nain-osallistut": "ways-to-take-part",
    "Kaikki tavat vaikuttaa yhdellä sivulla, ja suunnitelma, johon ne perustuvat.": (
        "All ways to have a say on one page, and the plan that they are based on."
    ),
    "Oikeus osallistua": "The right to take part",
    "Kuntalain mukaan asukkailla on oikeus osallistua, vaikuttaa ja tehdä aloitteita.": (
        "By the Local Government Act, residents have the right to take part, to have influence and to make initiatives."
    ),
    "Voit ehdottaa ja äänestää, antaa palautetta, tulla foorumin tapahtumaan tai hakea raatiin.": (
        "You can propose and vote, give feedback, come to a forum’s event or apply to a panel."
    ),
    "Tärkeintä on, että ihminen saa tietää, mitä hänen viestistään seurasi.": (
        "What matters most is that people learn what came of their message."
    ),
    "Esimerkki": "An example",
    "Osallisuuskoordinaattori": "Participation coordinator",
    "Kehittämispalvelut": "Development services",
    "019 000 0000": "019 000 0000",
    "ma–pe klo 9–15": "Mon–Fri 9–15",
    "Osallisuussuunnitelma": "Participation plan",
    "osallisuussuunnitelma": "participation-plan",
    "Suunnitelma kertoo, miten kaupunki ottaa asukkaat mukaan. Se on ollut käytössä kesästä 2018.": (
        "The plan tells how the city takes its residents along. It has been in use since the summer of 2018."
    ),
    "Mihin suunnitelmaa tarvitaan?": "What is the plan for?",
    (
        "Asukkaan pitää saada tietää ajoissa, mitä valmistellaan ja milloin siihen voi vaikuttaa. Suunnitelma tekee siitä "
        "kaupungin tavan toimia, ei yhden työntekijän hyvän teon."
    ): (
        "Residents must hear in time what is being prepared and when they can have a say. The plan makes this the city’s way of "
        "working, not one employee’s good deed."
    ),
    "Neljä tasoa": "Four levels",
    "Tieto: kerromme avoimesti, mitä tapahtuu.": "Information: we tell openly what goes on.",
    "Kuuleminen: kysymme ja vastaamme.": "Hearing: we ask and we answer.",
    "Yhdessä tekeminen: suunnittelemme foorumeissa ja raadeissa.": "Working together: we plan in forums and panels.",
    "Päättäminen: asukkaat ratkaisevat äänestyksessä.": "Deciding: residents settle it by a vote.",
    "Kysely käyttökokemuksista": "A survey of experiences",
    "Keräämme kokemuksia siitä, miten suunnitelma on toiminut.": "We are asking how the plan has worked.",
}
