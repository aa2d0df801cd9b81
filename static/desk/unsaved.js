// Nothing typed is lost by accident: leaving asks first, and Ctrl+S (⌘S) saves and stays.
const form = document.querySelector("#content-main form")
let typed = Boolean(form?.querySelector(".errornote"))
let sent = false

form?.addEventListener("input", () => (typed = true))
form?.addEventListener("change", () => (typed = true))
form?.addEventListener("submit", () => (sent = true))
form?.addEventListener("desk:stayed", () => (sent = false))
window.addEventListener("pageshow", () => (sent = false))
window.addEventListener("beforeunload", (event) => {
  if (typed && !sent) event.preventDefault()
})
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return
  event.preventDefault()
  form?.querySelector('[name="_continue"]')?.click()
})
