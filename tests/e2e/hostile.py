"""Texts that try to be more than text. Whoever shows outside text shows exactly these."""

# Each one tries to set window.hacked, to call another host, or to break what is around it.
HOSTILE = {
    "tag": "<img src=https://example.org/x.png onerror=window.hacked=1><b>fett</b>",
    "script": "</script><script>window.hacked=2</script><!-- <script>",
    "style": "</style></svg></textarea></title><svg onload=window.hacked=3>",
    "template": "{{ 7*7 }} {{ this._parent.get_root().render() }} {{'map_div'}}",
    "block": "{% 20 % } {% if %} {% raw %}",
    "comment": "{# Kommentar ohne Ende",
    "backtick": "`;window.hacked=4;`",
    "placeholder": "${window.hacked=5} ${{}}",
    "backslash": "\\ \\' \\\" \\u0041 \\n C:\\neu\\",
    "quotes": "'\";window.hacked=6;// ' onmouseover='window.hacked=7'",
    "entities": "&lt;b&gt; &amp; &#60;i&#62; &quot;",
    "reserved": "alert(coords); drawnItems map_div feature_group_0 _a1b2 maps/abc/",
    "markdown": "**fett** [Verweis](https://example.org) :material/home: $x^2$ # Titel <u>",
    "address": "javascript:window.hacked=8",
    "direction": "\u202eetsil\u202c \u2067rtl\u2069 \u200f\u061c Ende",
    "lines": "eins\u2028zwei\u2029drei\tvier\u0085",
    "emoji": "👩\u200d👩\u200d👧 e\u0301 Ⅷ ﷽ \ufeff",
    "formula": '=HYPERLINK("https://example.org") +1 @SUM -1',
    "null": "vor\x00nach",
    "long": "Lang <i>" + "ä{{`" * 25_000,
}  # fmt: skip
