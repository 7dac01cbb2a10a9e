"""A browser that keeps nothing, or has no room, or keeps what cannot be read."""

import httpx
from playwright.sync_api import Page, expect

from tests.web.conftest import ask
from tests.web.test_conversation_kept import asked, begin, kept, more, rows

CHEN = "Who is Chen Xu?"
WANG = "Who is Wang Wenbin?"
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("not here", "SecurityError"); },
});"""
FILL = """() => {
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    try {
      for (let i = 0; ; i += 1) localStorage.setItem(`other-${size}-${i}`, "x".repeat(size));
    } catch {
      // and smaller ones
    }
  }
}"""
EMPTY = """() => {
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("other-")) localStorage.removeItem(name);
  }
}"""


def test_a_browser_that_keeps_nothing_is_told_of(page: Page, client: httpx.Client) -> None:
    page.add_init_script(FORBIDDEN)
    page.goto(str(client.base_url))
    asked(page, CHEN)
    expect(page.locator(".conversations-notice")).to_contain_text("lets the page keep nothing")
    begin(page)
    asked(page, WANG)
    expect(rows(page)).to_have_text([WANG, CHEN])  # as long as the page is open
    rows(page).last.click()
    expect(page.locator(".asked")).to_have_text([CHEN])
    more(page, WANG, "Delete")
    expect(rows(page)).to_have_text([CHEN])


def test_a_full_storage_is_told_of_and_nothing_is_deleted(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    page.evaluate(FILL)
    begin(page)
    asked(page, WANG)
    notice = page.locator(".conversations-notice")
    expect(notice).to_contain_text("is full")
    expect(rows(page)).to_have_text([WANG, CHEN])
    assert len(kept(page)) == 1
    page.evaluate(EMPTY)
    asked(page, "Who is Tomoya Obokata?")
    assert len(kept(page)) == 2
    expect(notice).to_be_hidden()
    page.reload()
    expect(page.locator(".asked")).to_have_text([WANG, "Who is Tomoya Obokata?"])


def test_what_cannot_be_read_is_passed_over_and_left(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    (name,) = kept(page)
    strange = [
        "{",
        "",
        "null",
        "[]",
        '"text"',
        '{"version": 1}',
        '{"version": 1, "id": "a", "title": 3, "turns": []}',
        '{"version": 1, "id": "a", "title": "", "createdAt": 1, "updatedAt": 1, "turns": [{}]}',
    ]
    page.evaluate(
        """([name, strange]) => {
          const whole = JSON.parse(localStorage[name]);
          const parts = [
            ["question", 5], ["answer", {}], ["answer", "x"], ["state", "odd"], ["partial", []],
            ["documents", "all"],
          ];
          const bent = parts.map(([part, value]) => {
            const id = `${part}-${typeof value}`;
            return { ...whole, id, turns: [{ ...whole.turns[0], [part]: value }] };
          });
          bent.push({ ...whole, id: "newer", version: 99 });
          const put = (id, text) => (localStorage[`footnote-conversation-${id}`] = text);
          bent.forEach((one) => put(one.id, JSON.stringify(one)));
          put("another's", JSON.stringify(whole));
          strange.forEach((text, i) => put(`odd${i}`, text));
        }""",
        [name, strange],
    )
    before = page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(rows(page)).to_have_text([CHEN])
    expect(page.locator(".conversations-notice")).to_contain_text("damaged")
    expect(page.locator(".conversations-notice")).to_contain_text("newer version")
    for one in ("odd0", "newer", "answer-object"):
        page.goto(f"{client.base_url}#c={one}")
        expect(page.locator(".toast", has_text="not kept in this browser").last).to_be_visible()
        expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("JSON.stringify(localStorage)") == before
    ask(page, WANG)
    expect(rows(page)).to_have_text([WANG, CHEN])


def test_what_a_newer_page_has_kept_is_not_written_over(page: Page, client: httpx.Client) -> None:
    page.goto(str(client.base_url))
    asked(page, CHEN)
    (name,) = kept(page)
    newer = '{"version": 99}'
    page.evaluate("([name, newer]) => localStorage.setItem(name, newer)", [name, newer])
    asked(page, WANG)
    assert page.evaluate("name => localStorage[name]", name) == newer
    expect(page.locator(".conversations-notice")).to_contain_text("newer version")
    expect(page.locator(".asked")).to_have_text([CHEN, WANG])
