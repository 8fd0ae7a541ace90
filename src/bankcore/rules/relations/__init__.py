"""Rules of customer relations (客户关系规则): contacts, notes and promises."""
