"""The painters: a picture is a pure function of its state. QtGui at most, no widgets."""
