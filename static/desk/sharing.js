// Copies the address of a preview link; where the browser does not let it, the address is marked to be copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.previousElementSibling
  field.addEventListener("focus", () => field.select())
  button.hidden = false
  button.addEventListener("click", async () => {
    field.select()
    try {
      await navigator.clipboard.writeText(field.value)
      button.textContent = button.dataset.copy
    } catch {
      field.focus()
    }
  })
}
