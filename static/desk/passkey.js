/* Passkeys: the button opens the browser's dialog, and the form carries its answer. Which of the three ceremonies
   it is says `data-passkey` of the button: add (a new key), use (signing in with a known account) or login (with none). */
(() => {
  const button = document.querySelector("[data-passkey]")
  if (!button) return
  const form = button.form
  const trouble = document.getElementById("passkey-error")
  const given = () => JSON.parse(document.getElementById("passkey-options").textContent)

  const ceremonies = {
    add: () => {
      const options = given().creation_options
      const alone = form.elements.passwordless.checked
      Object.assign(options.publicKey.authenticatorSelection, {
        residentKey: alone ? "required" : "discouraged",
        requireResidentKey: alone,
      })
      return webauthnJSON.create(options)
    },
    use: () => webauthnJSON.get(given().request_options),
    login: async () => {
      const answer = await fetch(form.action, {headers: {Accept: "application/json"}})
      if (!answer.ok) throw new Error(answer.statusText)
      return webauthnJSON.get((await answer.json()).request_options)
    },
  }

  function explain(error) {
    const kinds = {InvalidStateError: "known", SecurityError: "address"}
    const kind = window.PublicKeyCredential ? kinds[error.name] || "refused" : "address"
    trouble.textContent = trouble.dataset[kind]
    trouble.hidden = false
  }

  button.addEventListener("click", async event => {
    event.preventDefault()
    trouble.hidden = true
    button.disabled = true
    try {
      form.elements.credential.value = JSON.stringify(await ceremonies[button.dataset.passkey]())
      form.submit()
    } catch (error) {
      explain(error)
      button.disabled = false
    }
  })
})()
