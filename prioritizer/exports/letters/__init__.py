"""Letters in the layout of Decree 30/2020/NĐ-CP, as drafts for an office to complete and sign."""
