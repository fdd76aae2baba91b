"""Threads and posts for the demo: what HR people ask each other, and what they answer."""

# network, kind, title, opening. Swedish ones are marked by their words.
QUESTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("hr", "question", "Miten teillä on ohjeistettu etätyö ulkomailta?", "Meiltä kysytään yhä useammin, saako etätyötä tehdä viikon tai pari toisesta maasta. Onko teillä enimmäisaika, ja kuka luvan antaa?"),
    ("hr", "question", "Mittarit johtoryhmälle: mitä viisi lukua näytätte?", "Johtoryhmä toivoi yhden sivun katsausta. Sairauspoissaolot ja vaihtuvuus ovat mukana, mutta mitä muuta teillä seurataan?"),
    ("hr", "experience", "Kokemuksia sähköisestä lähtöhaastattelusta", "Siirryimme vuosi sitten sähköiseen lähtöhaastatteluun. Vastausprosentti nousi, mutta avoimia vastauksia tulee vähemmän."),
    ("hr", "question", "Kuka on kokeillut vertaismentorointia pienessä organisaatiossa?", "Meitä on henkilöstötyössä kaksi. Onnistuuko vertaismentorointi yli kuntarajojen, ja miten se on järjestetty?"),
    ("hr", "resource", "Perehdytyksen sähköinen polku, jaan meidän rungon", "Runko on jaettu ensimmäiseen päivään, viikkoon ja kuukauteen. Saa käyttää ja muokata vapaasti."),
    ("hr", "question", "Miten perehdytätte määräaikaiset, kun aikaa on yksi päivä?", "Joulukuussa alkaa kaksitoista määräaikaista varhaiskasvatuksessa. Millä tavalla olette rajanneet, mitä ensimmäisenä päivänä käydään läpi?"),
    ("hr", "question", "Erfarenheter av distansledning i skärgården?", "Våra chefer har medarbetare på fyra öar. Hur ofta träffas ni fysiskt, och vad sköts bäst på distans?"),
    ("hr", "question", "Vem har en bra årsklocka för HR?", "Vi uppdaterar vår årsklocka inför nästa år och tar gärna emot modeller på svenska."),
    ("hr", "experience", "Palautekeskustelut kävellen", "Kokeilimme syksyn ajan kävelypalavereita kahdenkeskisissä keskusteluissa. Esihenkilöt pitivät tavasta enemmän kuin odotimme."),
    ("hr", "question", "Henkilöstökertomuksen tunnusluvut: mitkä oikeasti auttavat johtamista?", "Tänä vuonna haluaisimme vähemmän taulukoita ja enemmän tulkintaa. Mitkä luvut ovat teillä johtaneet päätökseen?"),
    ("hr", "question", "Onko kenelläkään mallia etätyösopimuksesta ruotsiksi?", "Suomenkielinen pohja on olemassa, mutta ruotsinkielinen puuttuu. Saisiko jonkun mallin lainaksi?"),
    ("hr", "announcement", "Syystapaamisen ennakkotehtävä", "Ota mukaan yksi kuva oman organisaation henkilöstösuunnitelmasta. Käymme kuvat läpi työpajoissa."),
    ("wellbeing", "question", "Varhaisen tuen keskustelut: kuka muistuttaa esihenkilöä?", "Puheeksi ottamisen raja on kirjattu, mutta keskustelut jäävät pitämättä. Tuleeko teillä muistutus järjestelmästä vai ihmiseltä?"),
    ("wellbeing", "experience", "Taukoliikunta, joka ei kuihtunut kuukaudessa", "Kolme asiaa auttoi: sama kellonaika, vaihtuva vetäjä ja lupa jättää väliin."),
    ("wellbeing", "question", "Korvaava työ ja työaika: miten kirjaatte?", "Kun korvaava työ tehdään toisessa yksikössä, kumpi yksikkö maksaa palkan ja miten tunnit kirjataan?"),
    ("competence", "question", "Osaamiskartoitus ilman raskasta järjestelmää?", "Meillä on viisikymmentä työntekijää kahdessa yksikössä. Riittääkö taulukko, vai tuleeko se vastaan vuoden päästä?"),
    ("competence", "resource", "Kysymyspatteri kehityskeskusteluun", "Kymmenen kysymystä, joista esihenkilö valitsee neljä. Toimii myös ryhmäkeskustelussa."),
    ("rewarding", "question", "Kertapalkkion perusteet pienessä kunnassa", "Palkkiosumma on pieni, mutta perusteiden pitää kestää päivänvalo. Mitä teillä lukee päätöksessä?"),
    ("rewarding", "experience", "Kiitos viikon teosta: vuoden kokemukset", "Kiitoksen saa ehdottaa kuka tahansa. Ehdotuksia tuli yli sata, rahaa kului vähän."),
    ("hr-data", "question", "Mistä saatte luotettavan luvun vaihtuvuudesta?", "Laskentatapoja on kolme, ja jokainen antaa eri luvun. Mitä käytätte, ja vertaatteko muihin?"),
    ("recruitment", "question", "Anonyymi rekrytointi: mikä yllätti?", "Aloitamme kokeilun keväällä. Mitä tekisitte toisin, jos aloittaisitte nyt?"),
    ("recruitment", "experience", "Työpaikkailmoitus, joka toi hakijat", "Lyhensimme ilmoituksen puoleen ja kerroimme palkan. Hakijoita tuli kolminkertaisesti."),
    ("contact-persons", "question", "Saako sijaiselle maksaa kielilisää takautuvasti?", "Lisän peruste on ollut olemassa koko sijaisuuden ajan, mutta päätös jäi tekemättä."),
    ("contact-persons", "question", "Kuinka nopeasti tieto palkantarkistuksista menee johdolle?", "Meillä tiedote kulkee hallintojohtajan kautta ja viipyy joskus viikon. Miten muilla?"),
    ("contact-persons", "announcement", "Kuukausikahvien aiheet alkuvuodeksi", "Ehdottakaa aiheita tähän ketjuun. Kolme eniten kannatettua otetaan mukaan."),
    ("work-and-life", "experience", "Hoivavastuu ja vuorotyö: pieni kokeilu", "Annoimme neljälle työntekijälle mahdollisuuden vaihtaa vuoron alkua tunnilla. Poissaolot vähenivät."),
    ("work-and-life", "question", "Miten henkilöstö otetaan mukaan kokeilun arviointiin?", "Kysely tuntuu kevyeltä ja haastattelut raskailta. Onko jotain siltä väliltä?"),
    ("work-and-life-core", "question", "Kolmannen verkostopäivän ohjelma", "Ehdotan, että aamupäivä käytetään mallin kuvaamiseen ja iltapäivä arviointiin."),
    ("wellbeing-counties", "question", "Yhteinen malli rekrytoinnin tunnusluvuille", "Sovittiin, että jokainen alue kertoo, mitä lukuja nyt kerätään. Tässä meidän."),
    ("hr-advisory-board", "question", "Teemaehdotukset ensi kaudelle", "Kirjoittakaa tähän yksi teema ja yksi lause perusteluksi."),
)  # fmt: skip

ANSWERS_FI = (
    "Meillä toimii **kahden sivun kortti**, jonka esihenkilö käy läpi heti ensimmäisenä aamuna. Kaikki muu jaetaan kahdelle seuraavalle viikolla.",
    "Sama kysymys on ollut meillä pöydällä. Sovimme, että päätös tehdään kirjallisesti ja perustelut kirjataan lyhyesti.",
    "Kokeilimme tätä keväällä. Kolme asiaa auttoi:\n\n- yksi vastuuhenkilö\n- selvä määräaika\n- palaute heti kokeilun jälkeen",
    "Kannattaa aloittaa pienesti. Meillä ensimmäinen yritys oli liian laaja ja se jäi kesken.",
    "> Miten teillä on?\n\nMeillä linjaus on vielä tekemättä, mutta käytännössä esihenkilö sopii asiasta työntekijän kanssa.",
    "Kiitos kysymyksestä. Laitan meidän ohjeen materiaaleihin, kun se on hyväksytty.",
    "Pienessä organisaatiossa tärkeintä on, että joku kysyy. Lomaketta ei tarvita.",
    "Meillä tämä ratkaistiin yhdessä naapurikunnan kanssa. Kerron mielelläni lisää, jos kiinnostaa.",
    "Luvut kerätään meillä kaksi kertaa vuodessa. Useammin ei ole ollut hyötyä, koska muutokset ovat hitaita.",
    "Hyvä aihe seuraavaan tapaamiseen. Voisin kertoa omat kokemuksemme vartissa.",
    "Tarkistin asian: meillä päätöksen tekee toimialajohtaja, ja henkilöstöpalvelut antaa lausunnon.",
    "Yksi huomio: muistakaa ottaa työsuojelu mukaan ajoissa. Meillä se unohtui ja aikataulu venyi.",
)
ANSWERS_SV = (
    "Hos oss träffas gruppen fysiskt en gång i månaden, resten sköts på distans. Det har fungerat bra.",
    "Vi har en mall på svenska som jag gärna delar med mig av. Den är på två sidor.",
    "Bra fråga. Vi skriver alltid på båda språken, men den ena versionen är en sammanfattning.",
    "Tack för tipset. Vi prövar samma sak i vår och berättar hur det gick.",
)
TAILS = ("", "", "Onko muilla kokemuksia?", "Kiitos jo etukäteen.", "Vastauksia toivotaan ennen johtoryhmää.")
MODERATED = (
    ("Meillä yksi kollega on ollut sairauslomalla syyskuusta ja hänen tilanteensa on hankala.", "Viestissä kerrottiin tunnistettavan henkilön terveydestä."),
    ("Paikallinen neuvottelumme on kesken, ja työnantajan seuraava tarjous olisi tämä.", "Viesti koski keskeneräistä paikallista neuvottelua."),
    ("Tarjoamme kaikille verkoston jäsenille järjestelmämme puoleen hintaan.", "Mainos."),
)  # fmt: skip
