"""A broker of strong identification for the demo and the tests: allauth's own OpenID Connect provider, with made-up people."""
