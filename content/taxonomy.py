"""Vocabularies for practices, events and learning pages. Keys are stable, labels translatable."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.languages import Language

__all__ = [
    "Duration",
    "EducationLevel",
    "EvidenceStrength",
    "KeyCompetence",
    "Language",
    "Licence",
    "Pillar",
    "Subject",
]


class Pillar(models.TextChoices):
    """The five pillars of the eTwinning Schools mission."""

    LEADERSHIP = "leadership", _("Shared leadership")
    COLLABORATION = "collaboration", _("Collaboration and teamwork")
    AGENCY = "agency", _("Student agency")
    INCLUSION = "inclusion", _("Social inclusion and innovation")
    ROLE_MODEL = "role_model", _("Role model for other schools")


class EducationLevel(models.TextChoices):
    """ISCED 2011 levels taught in schools, plus vocational education."""

    ISCED0 = "isced0", _("Pre-primary")
    ISCED1 = "isced1", pgettext_lazy("education level", "Primary")
    ISCED2 = "isced2", _("Lower secondary")
    ISCED3 = "isced3", _("Upper secondary")
    VET = "vet", _("Vocational")


class KeyCompetence(models.TextChoices):
    """The eight key competences for lifelong learning (Council Recommendation 2018/C 189/01)."""

    LITERACY = "literacy", _("Literacy")
    MULTILINGUAL = "multilingual", _("Multilingual")
    STEM = "stem", _("Mathematics, science, technology and engineering")
    DIGITAL = "digital", _("Digital")
    PERSONAL = "personal", _("Personal, social and learning to learn")
    CITIZENSHIP = "citizenship", _("Citizenship")
    ENTREPRENEURSHIP = "entrepreneurship", _("Entrepreneurship")
    CULTURAL = "cultural", _("Cultural awareness and expression")


class Subject(models.TextChoices):
    ART = "art", _("Art")
    BIOLOGY = "biology", _("Biology")
    CHEMISTRY = "chemistry", _("Chemistry")
    CITIZENSHIP = "citizenship", _("Citizenship education")
    CROSS_CURRICULAR = "cross_curricular", _("Cross-curricular")
    DRAMA = "drama", _("Drama")
    ECONOMICS = "economics", _("Economics")
    ENVIRONMENT = "environment", _("Environmental education")
    ETHICS = "ethics", _("Ethics")
    FOREIGN_LANGUAGES = "foreign_languages", _("Foreign languages")
    GEOGRAPHY = "geography", _("Geography")
    HEALTH = "health", _("Health education")
    HISTORY = "history", pgettext_lazy("school subject", "History")
    INFORMATICS = "informatics", _("Informatics")
    LANGUAGE_LITERATURE = "language_literature", _("Language and literature")
    MATHS = "maths", _("Mathematics")
    MEDIA = "media", _("Media education")
    MUSIC = "music", _("Music")
    NATURAL_SCIENCES = "natural_sciences", _("Natural sciences")
    PHILOSOPHY = "philosophy", _("Philosophy")
    PHYSICAL_EDUCATION = "physical_education", _("Physical education")
    PHYSICS = "physics", _("Physics")
    PRE_PRIMARY = "pre_primary", _("Pre-primary subjects")
    PRIMARY = "primary", _("Primary school subjects")
    PSYCHOLOGY = "psychology", _("Psychology")
    RELIGION = "religion", _("Religion")
    SOCIAL_STUDIES = "social_studies", _("Social studies")
    SPECIAL_NEEDS = "special_needs", _("Special needs education")
    TECHNOLOGY = "technology", _("Technology")
    VOCATIONAL = "vocational", _("Vocational subjects")


class Duration(models.TextChoices):
    LESSON = "lesson", _("A lesson or two")
    DAYS = "days", _("Several days")
    WEEKS = "weeks", _("Several weeks")
    MONTHS = "months", _("Several months")
    YEAR = "year", _("A school year or longer")


class EvidenceStrength(models.TextChoices):
    """Strength of the evidence for the results, weakest first."""

    OBSERVATION = "observation", _("Observation")
    SURVEY = "survey", _("Survey")
    ASSESSMENT = "assessment", _("Assessment data")
    EXTERNAL = "external", _("External evaluation")


class Licence(models.TextChoices):
    """Creative Commons licences that allow another school to adapt the work."""

    CC_BY = "CC-BY-4.0", _("CC BY 4.0: share and adapt, crediting the authors")
    CC_BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: share and adapt under the same licence, crediting the authors")
    CC_BY_NC = "CC-BY-NC-4.0", _("CC BY-NC 4.0: share and adapt for non-commercial use, crediting the authors")
