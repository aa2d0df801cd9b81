// Sends one file of the upload form, with what holds for all of them; says how far it is.
export function send(form, file, { keepSimilar, progress }) {
  const data = new FormData(form)
  data.set("file", file)
  if (keepSimilar) data.set("keep_similar", "on")
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest()
    asked.open("POST", window.location.href)
    asked.setRequestHeader("Accept", "application/json")
    asked.responseType = "json"
    asked.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total))
    asked.addEventListener("loadend", () => resolve(asked.response?.state ? asked.response : { state: "lost" }))
    asked.send(data)
  })
}
