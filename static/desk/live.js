// Writing a live blog: Ctrl+Enter posts, from wherever the keyboard is; a form that was sent is not sent again.
for (const form of document.querySelectorAll("[data-live-form]")) {
  const button = form.querySelector("[type=submit]")
  const post = (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || button.disabled) return
    event.preventDefault()
    event.stopPropagation()
    form.requestSubmit(button)
  }
  form.addEventListener("keydown", post, { capture: true }) // before the editor makes a line break of it
  form.addEventListener("submit", () => setTimeout(() => (button.disabled = true)))
}
addEventListener("pageshow", ({ persisted }) => persisted && location.reload())
