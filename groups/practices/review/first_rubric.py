"""The initial criteria of a new site, in our own words. Moderators change them in the admin."""

FIRST = [
    {
        "title_en": "Clear enough to repeat",
        "title_tr": "Tekrarlanabilecek kadar açık",
        "guidance_en": "Could a colleague who was not there begin on Monday? Aim, steps, time, roles and material are"
        " named, in words that need no inside knowledge.",
        "guidance_tr": "Orada olmayan bir meslektaş pazartesi günü başlayabilir mi? Amaç, adımlar, süre, görevler ve"
        " malzeme, dışarıdan birinin de anlayacağı sözlerle anlatılmış.",
        "weight": 20,
    },
    {
        "title_en": "Pupils at the centre",
        "title_tr": "Merkezde öğrenciler var",
        "guidance_en": "Pupils choose, make, question and present. The text shows what they did, not only what was"
        " prepared for them.",
        "guidance_tr": "Öğrenciler seçiyor, üretiyor, sorguluyor, sunuyor. Metin yalnızca onlar için hazırlananı değil,"
        " onların yaptıklarını gösteriyor.",
        "weight": 20,
    },
    {
        "title_en": "Working together",
        "title_tr": "Birlikte çalışma",
        "guidance_en": "Colleagues, subjects, families or partner schools share the work, and each has a part that"
        " matters to the result.",
        "guidance_tr": "Meslektaşlar, dersler, aileler ya da ortak okullar işi paylaşıyor; her birinin sonuçta gerçek"
        " bir payı var.",
        "weight": 15,
    },
    {
        "title_en": "Results one can believe",
        "title_tr": "İnandırıcı sonuçlar",
        "guidance_en": "It says what changed, for whom, and how the school knows. A small honest number is better than"
        " a large word; what did not work is told as well.",
        "guidance_tr": "Neyin, kimin için değiştiği ve okulun bunu nereden bildiği söyleniyor. Küçük ama dürüst bir"
        " sayı, büyük bir sözden iyidir; işe yaramayanlar da anlatılıyor.",
        "weight": 20,
    },
    {
        "title_en": "Inclusive and safe",
        "title_tr": "Kapsayıcı ve güvenli",
        "guidance_en": "Every pupil can take part, also with few means or special needs. Names, pictures and data of"
        " pupils are protected, and consent is in place.",
        "guidance_tr": "Olanakları kısıtlı ya da özel gereksinimi olanlar dahil her öğrenci katılabiliyor. Öğrencilerin"
        " adları, fotoğrafları ve verileri korunuyor, izinler alınmış.",
        "weight": 15,
    },
    {
        "title_en": "Ready for another school",
        "title_tr": "Başka bir okula hazır",
        "guidance_en": "What is needed, what it costs, and what another school would have to change are written down.",
        "guidance_tr": "Neler gerektiği, neye mal olduğu ve başka bir okulun neyi değiştirmesi gerekeceği yazılmış.",
        "weight": 10,
    },
]
