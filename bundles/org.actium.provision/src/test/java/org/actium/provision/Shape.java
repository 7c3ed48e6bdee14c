package org.actium.provision;

/** A class for bundles made by tests. */
public class Shape {}
