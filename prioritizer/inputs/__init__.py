"""From files to a case: every fault at once, or a :class:`~prioritizer.model.Case`."""

from prioritizer.inputs.case import mode_of_operation, read_case, read_register_alone

__all__ = ["mode_of_operation", "read_case", "read_register_alone"]
