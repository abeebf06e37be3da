"""Salt as a way to Linux routers: their minions, asked through salt-api. It knows no other driver."""
