"""Headings that teachers use for the parts of a practice, in English and Turkish."""

from content.search import fold

SYNONYMS = {
    "title": ["title", "name of the practice", "practice", "başlık", "uygulamanın adı", "iyi uygulamanın adı"],
    "summary": ["summary", "abstract", "in short", "short description", "özet", "kısa özet", "kısaca", "kısa açıklama"],
    "context": [
        *("context", "background", "introduction", "problem", "need", "needs", "our school", "why", "aim", "aims"),
        *("goals", "objectives", "starting point", "bağlam", "arka plan", "giriş", "sorun", "ihtiyaç", "okulumuz"),
        *("neden", "amaç", "amaçlar", "hedefler", "hedef", "problem durumu", "gerekçe"),
    ],
    "steps": [
        *("steps", "what we did", "activities", "activity", "implementation", "process", "method", "methodology"),
        *("procedure", "how it was done", "description", "how we did it", "stages", "adımlar", "ne yaptık"),
        *("neler yaptık", "etkinlikler", "etkinlik", "uygulama", "uygulama süreci", "süreç", "yöntem", "aşamalar"),
        *("nasıl yaptık", "yapılanlar", "uygulama adımları"),
    ],
    "results": [
        *("results", "outcomes", "outcome", "impact", "evidence", "evaluation", "findings", "what came of it"),
        *("what changed", "results and evidence", "sonuçlar", "sonuç", "kazanımlar", "çıktılar", "etki", "kanıtlar"),
        *("kanıt", "değerlendirme", "bulgular", "ne değişti", "sonuçlar ve kanıtlar"),
    ],
    "did_not_work": [
        *(
            "what did not work",
            "what didn’t work",
            "difficulties",
            "challenges",
            "problems",
            "obstacles",
            "lessons learned",
        ),
        *("işe yaramayanlar", "neler işe yaramadı", "zorluklar", "karşılaşılan zorluklar", "sorunlar", "engeller"),
        *("çıkarılan dersler",),
    ],
    "conditions": [
        *("conditions", "conditions for reuse", "requirements", "transferability", "tips", "recommendations"),
        *("if you want to do it too", "if you’d like to try it too", "sustainability", "koşullar", "gereksinimler"),
        *("yeniden kullanım koşulları", "öneriler", "aktarılabilirlik", "sürdürülebilirlik"),
        "siz de yapmak isterseniz",
    ],
    "tools": [
        *("tools", "tools used", "materials", "resources", "web tools", "araçlar", "kullanılan araçlar"),
        *("materyaller", "malzemeler", "web araçları", "kaynaklar"),
    ],
}


def _bare(words: str) -> str:
    """Normalise a heading: fold accents and case, and drop everything but letters and single spaces."""
    return " ".join("".join(c if c.isalpha() else " " for c in fold(words)).split())


_FIELDS = {_bare(word): field for field, words in SYNONYMS.items() for word in words}


def field_of(heading: str) -> str | None:
    """Return the field for a heading, such as `steps` for "2. Uygulama Süreci:"; None if unknown."""
    return _FIELDS.get(_bare(heading))
