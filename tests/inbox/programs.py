"""How mail programs quote the letter that they answer, in Finnish, Swedish and English."""

from collections.abc import Callable


def arrows(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def bare(text: str) -> str:
    return text


Program = tuple[str, Callable[[str], str]]

PROGRAMS: dict[str, dict[str, Program]] = {
    "fi": {
        "gmail": ("ti 3. marrask. 2026 klo 9.12 Verkostoportaali <extranet@extranet.example>\nkirjoitti:\n\n", arrows),
        "gmail older": ("3. marraskuuta 2026 klo 9.12 Verkostoportaali <extranet@extranet.example> kirjoitti:\n\n", arrows),
        "apple": ("Verkostoportaali <extranet@extranet.example> kirjoitti 3.11.2026 kello 9.12:\n\n", arrows),
        "iphone": ("Lähetetty iPhonesta\n\n> Verkostoportaali <extranet@extranet.example> kirjoitti 3.11.2026 kello 9.12:\n> \n", arrows),
        "thunderbird": ("Verkostoportaali kirjoitti 3.11.2026 klo 9.12:\n", arrows),
        "outlook": (
            "Lähettäjä: Verkostoportaali <extranet@extranet.example> \nLähetetty: tiistai 3. marraskuuta 2026 9.12\n"
            "Vastaanottaja: Maija Mäki <maija.maki@town.example>\nAihe: Re: Perehdytys\n\n",
            bare,
        ),
        "outlook mobile": (
            "Hanki Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\n"
            "Lähettäjä: Verkostoportaali <extranet@extranet.example>\nLähetetty: Tuesday, November 3, 2026 9:12:00 AM\n"
            "Vastaanottaja: Maija Mäki <maija.maki@town.example>\nAihe: Re: Perehdytys\n\n",
            bare,
        ),
        "gmail on a phone": ("ti 3. marrask. 2026 klo 9.12 Verkostoportaali <extranet@extranet.example> kirjoitti:\n\n", arrows),
        "samsung": (
            "Lähetetty Galaxy-puhelimestani\n\n\n-------- Alkuperäinen viesti --------\nLähettäjä: Verkostoportaali <extranet@extranet.example>\n"
            "Päivämäärä: 3.11.2026 9.12 (GMT+02:00)\nVastaanottaja: Maija Mäki <maija.maki@town.example>\nAihe: Re: Perehdytys\n\n",
            bare,
        ),
        "outlook old": (
            "-----Alkuperäinen viesti-----\nLähettäjä: Verkostoportaali [mailto:extranet@extranet.example] \n"
            "Lähetetty: 3. marraskuuta 2026 9:12\nVastaanottaja: Mäki Maija\nAihe: Re: Perehdytys\n\n",
            bare,
        ),
    },
    "sv": {
        "gmail": ("Den tis 3 nov. 2026 kl 09:12 skrev Nätverksportalen <\nextranet@extranet.example>:\n\n", arrows),
        "apple": ("3 nov. 2026 kl. 09:12 skrev Nätverksportalen <extranet@extranet.example>:\n\n", arrows),
        "iphone": ("Skickat från min iPhone\n\n> 3 nov. 2026 kl. 09:12 skrev Nätverksportalen <extranet@extranet.example>:\n> \n", arrows),
        "gmail on a phone": ("Den tis 3 nov. 2026 09:12Nätverksportalen <extranet@extranet.example> skrev:\n\n", arrows),
        "samsung": (
            "Skickat från min Galaxy\n\n\n-------- Ursprungligt meddelande --------\nFrån: Nätverksportalen <extranet@extranet.example>\n"
            "Datum: 2026-11-03 09:12 (GMT+02:00)\nTill: Anna Ek <anna.ek@town.example>\nÄmne: Re: Introduktion\n\n",
            bare,
        ),
        "outlook mobile": (
            "Hämta Outlook för iOS<https://aka.ms/o0ukef>\n________________________________\n"
            "Från: Nätverksportalen <extranet@extranet.example>\nSkickat: Tuesday, November 3, 2026 9:12:00 AM\n"
            "Till: Anna Ek <anna.ek@town.example>\nÄmne: Re: Introduktion\n\n",
            bare,
        ),
        "thunderbird": ("Den 2026-11-03 kl. 09:12, skrev Nätverksportalen:\n", arrows),
        "outlook": (
            "Från: Nätverksportalen <extranet@extranet.example> \nSkickat: den 3 november 2026 09:12\n"
            "Till: Anna Ek <anna.ek@town.example>\nÄmne: Re: Introduktion\n\n",
            bare,
        ),
        "outlook old": (
            "-----Ursprungligt meddelande-----\nFrån: Nätverksportalen [mailto:extranet@extranet.example] \n"
            "Skickat: den 3 november 2026 09:12\nTill: Ek Anna\nÄmne: Re: Introduktion\n\n",
            bare,
        ),
    },
    "en": {
        "gmail": ("On Tue, Nov 3, 2026 at 9:12 AM Network portal <extranet@extranet.example>\nwrote:\n\n", arrows),
        "gmail on a phone": ("On Tue, 3 Nov 2026, 9:12 Network portal, <extranet@extranet.example>\nwrote:\n\n", arrows),
        "iphone": ("Sent from my iPhone\n\n> On 3 Nov 2026, at 9.12, Network portal <extranet@extranet.example> wrote:\n> \n> \n", arrows),
        "outlook mobile": (
            "Get Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\n"
            "From: Network portal <extranet@extranet.example>\nSent: Tuesday, November 3, 2026 9:12:00 AM\n"
            "To: Ann Lake <ann.lake@town.example>\nSubject: Re: Induction\n\n",
            bare,
        ),
        "samsung": (
            "Sent from my Galaxy\n\n\n-------- Original message --------\nFrom: Network portal <extranet@extranet.example>\n"
            "Date: 11/3/26 9:12 AM (GMT+02:00)\nTo: Ann Lake <ann.lake@town.example>\nSubject: Re: Induction\n\n",
            bare,
        ),
        "apple": ("On 3 Nov 2026, at 9.12, Network portal <extranet@extranet.example> wrote:\n\n", arrows),
        "thunderbird": ("On 11/3/26 09:12, Network portal wrote:\n", arrows),
        "outlook web": (
            "________________________________\nFrom: Network portal <extranet@extranet.example>\nSent: Tuesday, November 3, 2026 9:12 AM\n"
            "To: Ann Lake <ann.lake@town.example>\nSubject: Re: Induction\n\n",
            bare,
        ),
        "outlook": (
            "From: Network portal <extranet@extranet.example> \nSent: Tuesday, November 3, 2026 9:12 AM\n"
            "To: Ann Lake <ann.lake@town.example>\nSubject: Re: Induction\n\n",
            bare,
        ),
    },
}
CASES = [(language, name) for language, programs in PROGRAMS.items() for name in programs]
