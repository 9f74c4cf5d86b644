"""The fault and kill suites: what is committed reaches Google once, whatever breaks, whoever is killed."""
