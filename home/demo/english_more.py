"""The key project and the statutory pages in English."""

MORE: dict[str, str] = {
    "Kuntalaisten osallisuus, yhteisöllisyys ja hyvinvointi": "Participation, community and well-being of residents",
    "karkihanke": "key-project",
    "Kärkihanke, jossa syntyivät kaupungin uudet tavat osallistua.": (
        "The key project in which the city’s new ways of taking part were made."
    ),
    "Tuotokset": "Deliverables",
    "Hanke liittyy kaikkiin kaupungin muihin kärkihankkeisiin. Taulukko kertoo, mitä on saatu aikaan.": (
        "The project is connected with all the city’s other key projects. The table tells what has been achieved."
    ),
    "Kärkihankkeen tuotokset": "Deliverables of the key project",
    (
        "Uusia osallistumisen tapoja rakennetaan yhdessä asukkaiden ja kumppanien kanssa. Asukkaat voivat vaikuttaa enemmän ja "
        "kokevat enemmän yhteisöllisyyttä ja hyvinvointia."
    ): (
        "New ways of taking part are built together with residents and partners. Residents can have more influence and feel "
        "more community and well-being."
    ),
    "kehittämispäällikkö": "development manager",
    "Hyvinkää-Äppi": "Hyvinkää app",
    "Asiakaspalautejärjestelmä": "Customer feedback system",
    "Asiakaspalautelaitteet": "Customer feedback devices",
    "Osallistuvan budjetoinnin malli": "Model of participatory budgeting",
    "Osallistuvan budjetoinnin käyttöönotto": "Introduction of participatory budgeting",
    "Kuntalaisraadin perustaminen": "Founding of the citizens’ panel",
    "Käytössä kesästä 2018. Kysely käyttökokemuksista on meneillään.": (
        "In use since the summer of 2018. A survey of experiences is under way."
    ),
    "Käytössä keväästä 2018.": "In use since the spring of 2018.",
    "Koko kaupungin yhteinen järjestelmä lokakuusta 2018.": "One system for the whole city since October 2018.",
    "Kokeilu alkoi 2018 ja jatkuu vuonna 2020 harvemmilla laitteilla.": (
        "The trial began in 2018 and goes on in 2020 with fewer devices."
    ),
    "Perustettiin kesällä 2018, jatkuu ympäristöpalveluissa.": (
        "Founded in the summer of 2018, goes on in environmental services."
    ),
    "Kaupunginhallitus hyväksyi mallin marraskuussa 2019.": "The city board approved the model in November 2019.",
    "Koko kaupungin ehdotusvaihe ja äänestykset pidettiin vuonna 2020.": (
        "The city-wide proposal phase and the votes were held in 2020."
    ),
    "Ensimmäinen istunto peruttiin keväällä 2020 pandemian takia ja siirrettiin myöhemmäksi.": (
        "The first session was cancelled in the spring of 2020 because of the pandemic and moved to a later date."
    ),
    "Uusia tapoja osallistua ja välineitä henkilöstölle": "New ways of taking part, and tools for staff",
    "Avoimuus": "Transparency",
    "Asukkaita kuullaan, he osallistuvat ja vaikuttavat": "Residents are heard, take part and have influence",
    "Päätökset ovat paremmin perusteltuja": "Decisions are better founded",
    "Päätökset toteutetaan nopeammin": "Decisions are carried out faster",
    "Yhteisöllisyys": "Togetherness",
    "Kaupungin kuva": "The city’s image",
    "Tehokkuus (€)": "Efficiency (€)",
    "kehittämispäällikkö (puheenjohtaja)": "development manager (chair)",
    "rehtori": "head teacher",
    "hyvinvointipäällikkö": "well-being manager",
    "liikuntasihtööri": "sports secretary",
    "it-suunnittelija": "IT designer",
    "oppilashuollon esimies": "head of pupil welfare",
    "kansliapäällikkö": "head of the chancery",
    "verkkoviestinnän asiantuntija": "web communications specialist",
    "kokoussihtööri": "meeting secretary",
    "muut kärkihankkeet": "other key projects",
    "johtoryhmät": "management groups",
    "yritykset": "companies",
    "muu julkinen hallinto": "other public administration",
    "järjestelmätoimittajat (muut kumppanit)": "system suppliers (other partners)",
    "kuntalaiset": "residents",
    "henkilöstö": "staff",
    "media": "media",
    "eri asiakasryhmät (välillisesti)": "customer groups (indirectly)",
    "linjaorganisaatio (esim. tietohallinto)": "line organisation (e.g. IT)",
    "luottamushenkilöt": "elected officials",
    "järjestöt ja yhdistykset": "organisations and associations",
    "muut kunnat": "other municipalities",
    "alueelliset yhteistyöverkostot": "regional networks",
    # Statutory pages
    "Saavutettavuusseloste": "Accessibility statement",
    "saavutettavuusseloste": "accessibility-statement",
    "Miten hyvin tätä sivustoa voi käyttää, ja mitä tehdä, jos se ei onnistu.": (
        "How well this site can be used, and what to do when it cannot."
    ),
    "Esittelysivuston seloste": "A demo site’s statement",
    "Kaupunki täydentää selosteen, kun sivusto otetaan käyttöön.": (
        "The city completes the statement when the site is taken into use."
    ),
    "Tavoite": "Aim",
    (
        "Sivusto on tehty niin, että se täyttää saavutettavuuden ohjeet WCAG 2.2, taso AA. Laki digitaalisten palvelujen "
        "tarjoamisesta (306/2019) vaatii tason AA ohjeista WCAG 2.1."
    ): (
        "The site is made to meet WCAG 2.2, level AA. The Act on the Provision of Digital Services (306/2019) demands level AA "
        "of WCAG 2.1."
    ),
    "Kaikki toimii ilman JavaScriptiä, näppäimistöllä ja 320 pikselin levyisellä näytöllä.": (
        "Everything works without JavaScript, with a keyboard and on a screen 320 pixels wide."
    ),
    "Miten tämä on tutkittu": "How this was examined",
    "Jokainen sivutyyppi tarkistetaan koneella joka muutoksen jälkeen. Ihmisten tekemä arviointi on vielä tekemättä.": (
        "Every type of page is checked by machine after every change. An assessment by people is still to be made."
    ),
    "Huomasitko puutteen?": "Did you find a fault?",
    "Kerro siitä palautelomakkeella, aiheena Osallistuminen. Vastaamme kahdessa viikossa.": (
        "Tell us with the feedback form, topic Osallistuminen. We answer in two weeks."
    ),
    "Jos et ole tyytyväinen vastaukseen, voit tehdä ilmoituksen saavutettavuutta valvovalle viranomaiselle.": (
        "If the answer does not satisfy you, you can notify the authority that supervises accessibility."
    ),
    "Tietosuojaseloste": "Privacy notice",
    "tietosuojaseloste": "privacy-notice",
    "Mitä tietoja keräämme, miksi, ja milloin ne poistetaan.": "What we collect, why, and when it is deleted.",
    "Mitä keräämme": "What we collect",
    (
        "Vain sen, mitä itse kirjoitat lomakkeelle. Sähköpostiosoitetta käytetään kuittiin ja vastaukseen, eikä sitä julkaista. "
        "Sivusto ei seuraa kävijöitä eikä lataa mitään muualta."
    ): (
        "Only what you write into a form. Your e-mail address serves for the receipt and the answer and is not published. The "
        "site does not track visitors and loads nothing from elsewhere."
    ),
    "Äänestyslippua ja äänestyskoodia ei voi yhdistää toisiinsa.": "A ballot and a voting code cannot be joined.",
    "Kuinka kauan tietoja säilytetään": "How long it is kept",
    "Tiedot poistetaan joka yö, kun niiden aika on täynnä:": "What has been kept long enough is deleted every night:",
    "Oikeutesi": "Your rights",
    (
        "Voit pyytää nähtäväksi omat tietosi, korjata ne tai pyytää niiden poistamista. Voit myös valittaa "
        "tietosuojavaltuutetulle."
    ): (
        "You may ask to see your data, have it corrected or deleted. You may also complain to the Data Protection Ombudsman."
    ),
    "Palautekanavat": "Ways to give feedback",
    "palautekanavat": "feedback-channels",
    "Kaikki tavat antaa kaupungille palautetta.": "All ways to give the city feedback.",
    "Palautelomake tällä sivustolla, ympäri vuorokauden.": "The feedback form on this site, around the clock.",
    "Puhelimella palvelupisteeseen.": "By phone, to the service point.",
    "Käymällä palvelupisteessä, jossa saat apua lomakkeen täyttämiseen.": (
        "At the service point, where you get help with the form."
    ),
    "Kuntalain mukaan voit myös tehdä kaupungille aloitteen.": (
        "By the Local Government Act you may also make an initiative to the city."
    ),
    "Asiaa kaupungille?": "Something to tell the city?",
    "Lomakkeen täyttää parissa minuutissa.": "The form takes a couple of minutes.",
    "Siirry lomakkeelle": "Go to the form",
}
