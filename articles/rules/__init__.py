"""May it happen? Pure questions, answered in sentences an editor can read.

`policy` asks who may (`can`, `scoped`), `moves` which stage may follow which,
`readiness` what is missing before printing, `refusal` is how a verb says no.
Nothing here writes.
"""
