"""How people are told: a message, signed for webhooks, in plain words for mail, and who may be dialled for it."""
