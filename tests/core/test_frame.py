"""The frame stands: an unknown page, a viewer with keys."""

from extranet.core.viewer import Role


def test_the_cast_has_its_keys(viewer, cast):
    assert viewer("member").role_in(cast["network:hr"]) == Role.MEMBER
    assert viewer("moderator").role_in(cast["network:hr"]) == Role.LEAD
    assert viewer("admin").is_admin
    assert viewer("contact").is_contact_person
    assert viewer("orgadmin").org_admin_of and not viewer("orgadmin").is_contact_person
    assert viewer("newcomer").roles == {}


def test_a_core_team_member_belongs_to_the_learning_network(viewer, cast):
    assert viewer("pori").role_in(cast["network:work-and-life"]) == Role.MEMBER
