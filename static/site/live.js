// A live blog asks for its entries while somebody looks at it, and puts in what is new without moving what is read.
const EVERY = 20_000
const AT_MOST = 300_000
const live = document.querySelector("#live[data-entries]")
let wait = EVERY
let timer

const entries = (part) => [...part.querySelectorAll(".live-entry")]
const time = (entry) => Date.parse(entry.querySelector("time").dateTime)

// What is at the top of the window stays there.
function keepingPlace(change) {
  const seen = entries(live).find((each) => each.getBoundingClientRect().bottom > 0)
  const before = seen?.getBoundingClientRect().top
  change()
  const now = seen && (seen.isConnected ? seen : document.getElementById(seen.id))
  if (now && before < innerHeight && scrollY) scrollBy(0, now.getBoundingClientRect().top - before)
}

// Entries are never moved or made anew while they are the same: one may be playing, or have the keyboard.
// Those older than the oldest of the `fresh` stay, for readers who are there.
function merge(list, fresh, oldest) {
  const ids = fresh.map((each) => each.id)
  for (const old of [...list.children]) if (!ids.includes(old.id) && (!old.id || time(old) >= oldest)) old.remove()
  let at = list.firstElementChild
  for (const each of fresh) {
    if (at?.id === each.id) {
      const next = at.nextElementSibling
      if (at.dataset.version !== each.dataset.version) at.replaceWith(each)
      at = next
    } else {
      entries(list).find((old) => old.id === each.id)?.remove()
      list.insertBefore(each, at)
    }
  }
}

function show(part) {
  const here = live.querySelector(".live-part")
  const before = entries(here).map((each) => each.id)
  const added = entries(part).filter((each) => !before.includes(each.id))
  const [pinned, list] = [".live-pinned", ".live-list"].map((name) => [...part.querySelector(name).querySelectorAll(".live-entry")])
  const whole = !part.querySelector("[rel=next]") || !list.some((each) => before.includes(each.id))
  keepingPlace(() => {
    here.querySelector(".live-keys")?.remove()
    here.prepend(...part.querySelectorAll(".live-keys"))
    if (whole) here.querySelector(".pager").replaceWith(part.querySelector(".pager"))
    merge(here.querySelector(".live-pinned"), pinned, -Infinity)
    merge(here.querySelector(".live-list"), list, whole ? -Infinity : time(list.at(-1)))
    if (added.length) tell(added.length === 1 ? live.dataset.one : live.dataset.many.replace("{count}", added.length), added[0].id)
  })
}

function tell(text, id) {
  const link = Object.assign(document.createElement("a"), { href: `#${id}`, textContent: text })
  live.querySelector(".live-news").replaceChildren(id ? link : text)
}

async function ask() {
  try {
    const answer = await fetch(live.dataset.entries, { cache: "no-cache" }) // sends If-None-Match
    if (answer.status === 404) return
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".live-part")
    show(document.adoptNode(part))
    if ("over" in part.dataset) return tell(live.dataset.ended)
    wait = EVERY
  } catch {
    wait = Math.min(wait * 2, AT_MOST)
  }
  plan(wait)
}

const plan = (after) => {
  clearTimeout(timer)
  timer = document.hidden ? 0 : setTimeout(ask, after)
}
live.querySelector(".live-refresh").hidden = true
document.addEventListener("visibilitychange", () => plan(1000))
plan(EVERY)
