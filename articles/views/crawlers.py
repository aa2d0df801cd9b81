"""Crawlers that collect texts and pictures to train machines on, by the names they read in robots.txt.

Kept by hand. Left out are crawlers that fetch for search, or a page somebody asked for: they lead readers here. What
ignores robots.txt anyway stays in, for the record of having said no.
"""

# As of 22 August 2026, after the list that https://github.com/ai-robots-txt/ai.robots.txt keeps (robots.json): those
# of which it, or the operator, says that what they fetch trains models or is sold for that.
AI_TRAINING = (
    "AI2Bot",
    "Ai2Bot-Dolma",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "Cotoyogi",
    "DeepSeekBot",
    "Diffbot",
    "FacebookBot",
    "Factset_spyderbot",
    "FriendlyCrawler",
    "Google-CloudVertexBot",
    "Google-Extended",
    "GPTBot",
    "ICC-Crawler",
    "img2dataset",
    "ISSCyberRiskCrawler",
    "laion-huggingface-processor",
    "LAIONDownloader",
    "meta-externalagent",
    "omgili",
    "omgilibot",
    "PanguBot",
    "SBIntuitionsBot",
    "Sidetrade indexer bot",
    "TikTokSpider",
    "Timpibot",
    "VelenPublicWebCrawler",
    "Webzio-Extended",
    "YandexAdditional",
    "YandexAdditionalBot",
)
