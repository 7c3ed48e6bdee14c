package org.actium.object.guest;

import org.actium.object.scenarios.Reclusive;

/** Inherits a method whose result is not for this package. */
public class Heir extends Reclusive {}
