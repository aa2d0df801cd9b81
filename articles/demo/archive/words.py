"""The vocabulary of the synthetic archive: phrases that fit together whichever are chosen."""

from dataclasses import dataclass


def _list(text):
    return tuple(" ".join(phrase.split()) for phrase in text.split("|"))


def _words(text):
    return tuple(text.split())


@dataclass(frozen=True)
class Words:
    """One language: who (singular), did (past, takes a plain object), what, when, how, and whole sentences."""

    who: tuple
    did: tuple
    what: tuple
    when: tuple
    how: tuple
    asides: tuple
    places: tuple
    kickers: tuple
    headlines: tuple
    sentences: tuple
    dek: str


WHO_DE = """der Stadtrat | die Hafenbehörde | das Landgericht | der Verkehrsausschuss | die Handwerkskammer | das
Amt für Wasserbau | der Betriebsrat der Werft | die Bürgerinitiative am Deich | das Theater am Speicher
| der Schulverband | die Feuerwehr | die Opposition im Rat | der Fährverein | das Klinikum Nord | die
Wetterwarte | der Mieterbund | die Universität | das Umweltministerium | der Fischereiverband | die
Landesregierung | das Stadtarchiv | der Sportbund | die Wirtin der Alten Schleuse | die Reederei Lüders
| der Rechnungshof | die Marktaufsicht | das Museum für Seefahrt | die Ratsfraktion der Mitte | der
Netzbetreiber | die Europäische Kommission"""

DID_DE = """billigte | prüfte | verschob | verteidigte | begrüßte | kritisierte | beriet | stoppte | erläuterte |
lobte | beschleunigte | veröffentlichte | überarbeitete | kippte | unterstützte | bezweifelte |
finanzierte | verlängerte"""

WHAT_DE = """den Haushalt für das kommende Jahr | die Sanierung der Nordbrücke | den Ausbau des Osthafens | das neue
Fährticket | die Pläne für den Deichpark | den Bericht zur Wasserqualität | die Miete der Speicherhallen
| das Konzept für sichere Schulwege | den Umbau des Bahnhofs | die Ausschreibung für zwölf Busse | das
Gutachten zur alten Werft | den Vertrag mit den Stadtwerken | die Förderung kleiner Bühnen | das Verbot
von Feuerwerk | den Zeitplan der Kanalarbeiten | die Zahl der Kitaplätze | das Nachtfahrverbot am Kai |
den Verkauf des Zollhauses | die Rückkehr der Straßenbahn | das Programm für leere Läden | den
Hochwasserschutz in Osterkamp | die Gebühren für Liegeplätze | das Sommerfest im Binnenhafen | den
Tarifvertrag der Lotsen | die Einigung im Streit um die Schleuse | das Windfeld vor der Küste"""

WHEN_DE = """am Montag | am Dienstag | am Mittwochabend | am Donnerstag | am frühen Freitag | am Wochenende | in der
Nacht | nach langer Beratung | vor vollen Rängen | im zweiten Anlauf | zum Jahresende | noch vor der
Sommerpause | überraschend | wie angekündigt | in nichtöffentlicher Sitzung | mit knapper Mehrheit"""

HOW_DE = """ohne Gegenstimmen | unter Auflagen | gegen den Rat der Fachleute | mit Blick auf die Kosten | für
zunächst zwei Jahre | trotz Kritik der Anwohner | als Zeichen an das Umland | bis auf Weiteres | zum
dritten Mal in Folge | auf Antrag der Anlieger | nach Angaben eines Sprechers | im Umfang von mehreren
Millionen Euro"""

ASIDES_DE = """Eine Entscheidung wird im Herbst erwartet. | Die Kosten sind noch offen. | Im Viertel ist die Stimmung
geteilt. | Beide Seiten kündigten weitere Gespräche an. | Zahlen dazu lagen zunächst nicht vor. | Der
Beschluss gilt ab dem ersten Januar. | Vor zehn Jahren war ein ähnlicher Versuch gescheitert. | Am Kai
ging der Betrieb unterdessen weiter. | „Das ist ein Anfang, mehr nicht“, hieß es aus dem Rathaus. | „Wir
haben lange darauf gewartet“, sagte eine Anwohnerin. | Wie es weitergeht, hängt am Wetter und am Geld. |
Einsprüche sind innerhalb von vier Wochen möglich. | Der Ausschuss tagt wieder in zwei Wochen. |
Genauere Angaben machte die Behörde nicht."""

WHO_EN = """the city council | the port authority | the regional court | the transport committee | the chamber of
crafts | the water board | the shipyard's works council | the dyke residents' group | the warehouse
theatre | the school board | the fire service | the opposition | the ferry association | the northern
hospital | the weather office | the tenants' union | the university | the environment ministry | the
fishing association | the regional government | the city archive | the sports federation | the landlady
of the Old Lock | the Lueders shipping line | the audit office | the market watchdog | the maritime
museum | the centre group | the grid operator | the European Commission"""

DID_EN = """approved | reviewed | postponed | defended | welcomed | criticised | discussed | halted | explained |
praised | speeded up | published | revised | overturned | supported | questioned | financed | extended"""

WHAT_EN = """next year's budget | the repair of the North Bridge | the extension of the eastern harbour | the new
ferry ticket | the plans for the dyke park | the report on water quality | the rent of the warehouses |
the scheme for safer school routes | the rebuilding of the station | the tender for twelve buses | the
study of the old shipyard | the contract with the utilities | the funding of small stages | the ban on
fireworks | the timetable of the canal works | the number of nursery places | the night driving ban on
the quay | the sale of the customs house | the return of the tram | the programme for empty shops | the
flood defences in Osterkamp | the mooring fees | the summer fair in the inner harbour | the pilots' pay
deal | the settlement in the lock dispute | the wind farm off the coast"""

WHEN_EN = """on Monday | on Tuesday | on Wednesday evening | on Thursday | early on Friday | at the weekend |
overnight | after a long debate | before a packed gallery | at the second attempt | at the end of the
year | before the summer break | to general surprise | as announced | behind closed doors | by a narrow
majority"""

HOW_EN = """without a vote against | subject to conditions | against expert advice | with an eye on the cost | for
two years at first | despite criticism from residents | as a signal to the region | until further notice
| for the third time in a row | at the request of neighbours | according to a spokesman | at a cost of
several million euros"""

ASIDES_EN = """A decision is expected in the autumn. | The cost is still unclear. | Opinion in the district is divided.
| Both sides announced further talks. | No figures were available at first. | The decision takes effect
on the first of January. | A similar attempt failed ten years ago. | Work on the quay went on meanwhile.
| “It is a start, no more than that,” the town hall said. | “We have waited a long time for this,” a
resident said. | What happens next depends on weather and money. | Objections can be raised within four
weeks. | The committee meets again in a fortnight. | The authority gave no further details."""

PLACES = _list("Norderhafen | Osterkamp | Westerdeich | Altmarsch | Brunsfleet | Kollmünde | Sandhoern | Tiefenau")

GERMAN = Words(
    who=_list(WHO_DE),
    did=_list(DID_DE),
    what=_list(WHAT_DE),
    when=_list(WHEN_DE),
    how=_list(HOW_DE),
    asides=_list(ASIDES_DE),
    places=PLACES,
    kickers=_list("Rathaus | Hafen | Verkehr | Schule | Justiz | Umwelt | Bühne | Vereine | Küste"),
    headlines=(
        "{Who} {did} {what}",
        "{place}: {Who} {did} {what}",
        "{what_cap}: Was {who} {when} sagte",
        "{Who} {did} {when} {what}",
    ),
    sentences=("{Who} {did} {when} {what}.", "{When} {did} {who} {what}.", "{Who} {did} {what} {how}."),
    dek="{When} {did} {who} {what}. {aside}",
)

ENGLISH = Words(
    who=_list(WHO_EN),
    did=_list(DID_EN),
    what=_list(WHAT_EN),
    when=_list(WHEN_EN),
    how=_list(HOW_EN),
    asides=_list(ASIDES_EN),
    places=PLACES,
    kickers=_list("Town hall | Harbour | Transport | Schools | Courts | Environment | Stage | Clubs | Coast"),
    headlines=(
        "{Who} {did} {what}",
        "{place}: {Who} {did} {what}",
        "{what_cap}: what {who} said {when}",
        "{Who} {did} {what} {when}",
    ),
    sentences=("{Who} {did} {what} {when}.", "{When}, {who} {did} {what}.", "{Who} {did} {what} {how}."),
    dek="{When}, {who} {did} {what}. {aside}",
)

LANGUAGES = {"de": GERMAN, "en": ENGLISH}

# Topics are made of a first and a second part: Hafenausbau, Schulpolitik.
TOPIC_STEMS = _words(
    """Hafen Schul Wasser Klima Verkehrs Wohnungs Kultur Sport Energie Handels Fähr Deich Werft Küsten Insel
    Brücken Straßen Markt Museums Theater Stadt Rats Landes Bürger Steuer Haushalts Digital Forschungs Klinik
    Pflege Jugend Senioren Migrations Natur Moor Wind Solar Bahn Bus Rad"""
)
TOPIC_HEADS = _words(
    """ausbau politik streit plan reform gipfel förderung krise messe preis bericht recht aufsicht planung
    sanierung wende debatte initiative gesetz projekt verband fonds strategie rat konzept kosten sicherheit
    statistik wirtschaft arbeit technik geschichte bildung fest woche forum netz amt tag zentrum stiftung
    vertrag abgabe schutz zukunft dialog beirat haus park kreis"""
)
FIRST_NAMES = _words(
    """Anke Bente Carsten Dörte Enno Frauke Gesa Hauke Imke Jorin Keno Levke Malte Nele Okka Piet Rieke Silas Tjark
    Wiebke"""
)
LAST_NAMES = _words(
    """Ahlers Boysen Claasen Detlefsen Eggers Feddersen Gravert Hansen Iwersen Jessen Kröger Lührs Momsen Nissen
    Oldsen Paulsen Quast Runge Siemsen Tedsen"""
)
# path: name, language. Used where a newsroom has fewer than eight sections.
SECTIONS = {
    "stadt": ("Stadt", "de"),
    "stadt/rathaus": ("Rathaus", "de"),
    "stadt/viertel": ("Viertel", "de"),
    "land": ("Land", "de"),
    "land/kueste": ("Küste", "de"),
    "betriebe": ("Betriebe", "de"),
    "buehne": ("Bühne", "de"),
    "sport": ("Sport", "de"),
    "world": ("World", "en"),
    "world/europe": ("Europe", "en"),
    "trade": ("Trade", "en"),
}
