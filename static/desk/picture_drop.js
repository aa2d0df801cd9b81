// Files dropped on the upload form are taken like chosen ones; the form itself is not sent.
export function takeFiles({ form, drop, chooser, add }) {
  const take = (files) => {
    chooser.setCustomValidity(files.length > Number(form.dataset.most) ? form.dataset.tooMany : "")
    if (!chooser.reportValidity()) return
    for (const file of files) add(file)
    form.closest(".upload").querySelector("#taken").scrollIntoView({ block: "nearest" })
  }
  const hover = (event, over) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    drop.classList.toggle("is-over", over)
  }
  chooser.required = false
  drop.querySelector(".upload-drop-says").hidden = false
  // Anywhere on the page: a file dropped beside the field would else be opened in its place.
  document.addEventListener("dragover", (event) => hover(event, true))
  document.addEventListener("dragleave", (event) => hover(event, false))
  document.addEventListener("drop", (event) => {
    hover(event, false)
    if (event.dataTransfer?.files.length) take(event.dataTransfer.files)
  })
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (!chooser.files.length) return chooser.click()
    take(chooser.files)
    if (chooser.validity.valid) chooser.value = ""
  })
}
