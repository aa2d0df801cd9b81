// What comes from elsewhere is loaded when a reader asks for it, and not before.
function player({ kind, src, title }) {
  const made = document.createElement(kind === "frame" ? "iframe" : kind)
  if (kind === "frame") {
    made.sandbox = "allow-scripts allow-same-origin allow-popups allow-presentation"
    made.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture"
    made.referrerPolicy = "strict-origin-when-cross-origin"
    made.loading = "lazy"
  } else {
    made.controls = made.autoplay = true
  }
  return Object.assign(made, { title, src, tabIndex: 0 })
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.(".embed-load")
  if (!button) return
  const made = player(button.dataset)
  button.closest(".embed-place").replaceChildren(made)
  made.focus()
})
