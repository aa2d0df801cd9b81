// Fetches the page again every 30 seconds and puts its tables in place, unless somebody is at work in them.
const SECONDS = 30
const auto = document.querySelector("#out-auto")
auto.closest("[hidden]").hidden = false

async function refresh() {
  const now = document.querySelector("#outgoing-now")
  const busy = now.contains(document.activeElement) || !getSelection().isCollapsed
  if (document.hidden || busy || !auto.checked) return
  const response = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } })
  if (!response.ok || response.redirected) return
  const page = new DOMParser().parseFromString(await response.text(), "text/html")
  const fresh = page.querySelector("#outgoing-now")
  if (fresh) now.replaceWith(document.adoptNode(fresh))
}

setInterval(() => refresh().catch(() => {}), SECONDS * 1000) // no connection: the time it stands at says so
