"""Papers to take away: the shortlist as workbook and annex, comparison reports, minutes."""
