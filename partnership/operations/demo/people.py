"""Everybody in the practice area. All of them are invented, and so are their passwords and second factors."""

import base64
import hashlib
from dataclasses import dataclass

DOMAIN = "practice.example"


@dataclass(frozen=True)
class Person:
    """Somebody made up. `key` is what the other modules call them; password and second factor follow from it."""

    key: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def password(self) -> str:
        """`practice-<first name>-2026`: long enough for the rules, and printed wherever a person is listed."""
        return f"practice-{self.key.partition('.')[0]}-2026"

    @property
    def totp_secret(self) -> str:
        """What an authenticator app is given. Always the same for a person, so that an app set up once goes on working."""
        return base64.b32encode(hashlib.sha256(f"practice second factor of {self.key}".encode()).digest()[:20]).decode()


OPERATOR = Person("ros.hartley", "Ros Hartley")  # of the service, and of no area
PEOPLE: tuple[Person, ...] = (
    # Hammersmith and Fulham
    Person("gwen.pritchard", "Gwen Pritchard"),
    Person("tomasz.zielinski", "Tomasz Zieliński"),
    Person("femi.adeyemi", "Femi Adeyemi"),
    Person("rukhsana.malik", "Rukhsana Malik"),
    Person("daniel.okafor", "Daniel Okafor"),
    Person("sinead.kelly", "Sinéad Kelly"),
    Person("leon.baptiste", "Leon Baptiste"),
    Person("idris.bello", "Idris Bello"),
    Person("frances.tully", "Frances Tully"),
    Person("grace.oyelaran", "Grace Oyelaran"),
    Person("hannah.goldberg", "Hannah Goldberg"),
    Person("priya.raman", "Councillor Priya Raman"),
    # In both London areas
    Person("marcus.whitfield", "Marcus Whitfield"),
    Person("anjali.deshmukh", "Anjali Deshmukh"),
    Person("helen.prosser", "Helen Prosser"),
    # Ealing
    Person("amina.yusuf", "Amina Yusuf"),
    Person("jack.turner", "Jack Turner"),
    Person("margaret.ellison", "Margaret Ellison"),
    Person("shabnam.hussain", "Shabnam Hussain"),
    Person("peter.novak", "Peter Novak"),
    Person("olivia.campbell", "Olivia Campbell"),
    Person("michael.brennan", "Michael Brennan"),
    Person("gurpreet.sandhu", "Councillor Gurpreet Sandhu"),
    # The invented area
    Person("adrian.cole", "Adrian Cole"),
    Person("zara.iqbal", "Zara Iqbal"),
    Person("nadia.haddad", "Nadia Haddad"),
    Person("catherine.rowe", "Catherine Rowe"),
    Person("imran.qureshi", "Imran Qureshi"),
    Person("stephen.ward", "Stephen Ward"),
    Person("naledi.khumalo", "Naledi Khumalo"),
    Person("robert.fairweather", "Robert Fairweather"),
    Person("ewa.kowalska", "Ewa Kowalska"),
    Person("joseph.obi", "Joseph Obi"),
    Person("laura.simmons", "Laura Simmons"),
    Person("mei.chen", "Mei Chen"),
    Person("bethan.hughes", "Bethan Hughes"),
    Person("graham.pike", "Councillor Graham Pike"),
    OPERATOR,
)
