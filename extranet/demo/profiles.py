"""How much of everything there is: `demo` for a first look, `full` for measurements (domain.md §5.2)."""

from dataclasses import dataclass, replace

from extranet.demo.people import Numbers


@dataclass(frozen=True)
class Profile:
    people: Numbers
    networks: int
    events: int
    materials: int
    versions: int
    threads: int
    posts: int
    largest_event: int
    orders: int

    def times(self, scale: int) -> "Profile":
        """The same with `scale` times the people, threads, posts and materials."""
        return replace(
            self,
            people=replace(self.people, crowd=self.people.crowd * scale + (scale - 1) * 600),
            materials=self.materials * scale,
            versions=self.versions * scale,
            threads=self.threads * scale,
            posts=self.posts * scale,
        )

    def with_materials(self, materials: int | None) -> "Profile":
        """The same with so many materials, and versions in proportion."""
        return replace(self, materials=materials, versions=materials * self.versions // self.materials) if materials else self


PROFILES = {
    "demo": Profile(Numbers(), networks=12, events=24, materials=140, versions=240, threads=60, posts=320, largest_event=300, orders=12),
    "full": Profile(
        Numbers(organisations=334, hr_members=408, contacts_in_hr=180, extra_contacts=130, crowd=250),
        networks=20, events=120, materials=2_000, versions=3_400, threads=3_000, posts=25_000, largest_event=500, orders=200,
    ),
}  # fmt: skip
