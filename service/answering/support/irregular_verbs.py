"""Irregular verbs: "did not build" against "built"."""

from functools import cache

_FORMS = """
become:became begin:began,begun break:broke,broken bring:brought build:built buy:bought
catch:caught choose:chose,chosen come:came deal:dealt draw:drew,drawn drink:drank,drunk
drive:drove,driven eat:ate,eaten fall:fell,fallen feel:felt fight:fought find:found flee:fled
fly:flew,flown forget:forgot,forgotten freeze:froze,frozen get:got,gotten give:gave,given
go:went,gone grow:grew,grown hear:heard hide:hid,hidden hold:held keep:kept know:knew,known
lead:led leave:left lend:lent lose:lost make:made mean:meant meet:met pay:paid ride:rode,ridden
rise:rose,risen run:ran say:said see:saw,seen seek:sought sell:sold send:sent shake:shook,shaken
shoot:shot show:shown sing:sang,sung sink:sank,sunk sleep:slept speak:spoke,spoken spend:spent
stand:stood steal:stole,stolen strike:struck swim:swam,swum take:took,taken teach:taught
tear:tore,torn tell:told think:thought throw:threw,thrown understand:understood wake:woke,woken
wear:wore,worn win:won withdraw:withdrew,withdrawn write:wrote,written
"""


def base_form(word: str) -> str | None:
    """Of a past tense or participle in lower case, and of the base form; else None."""
    return _bases().get(word)


@cache
def _bases() -> dict[str, str]:
    pairs = (entry.split(":") for entry in _FORMS.split())
    return {form: base for base, forms in pairs for form in (base, *forms.split(","))}
