"""From files to a case: every fault at once, or a :class:`~prioritizer.model.Case`."""

from prioritizer.inputs.case import limit_faults, mode_of_operation, read_case, read_register_alone

__all__ = ["limit_faults", "mode_of_operation", "read_case", "read_register_alone"]
