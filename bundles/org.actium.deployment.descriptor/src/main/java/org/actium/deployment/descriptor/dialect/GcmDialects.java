package org.actium.deployment.descriptor.dialect;

/** The two languages of the Grid Component Model, version 1.0: what an application needs, and what there is. */
final class GcmDialects {

    static final String APPLICATION = "GCMApplication";
    static final String DEPLOYMENT = "GCMDeployment";

    private GcmDialects() {}

    static Dialect application() {
        return new Dialect.Draft(
                        "a GCM application descriptor",
                        "|urn:gcm:application:[0-9.]+",
                        "xmlns='urn:gcm:application:1.0'")
                .renamed(APPLICATION, "actium")
                .renamed("environment", "variables")
                .dissolved("application", "technicalServices", APPLICATION + "/resources")
                .split("proactive", "runtime", "configuration", "debug")
                .renamed("class", "technicalService")
                .renamed("property", "arg")
                .attribute("class", "name", "class")
                .attribute("virtualNode", "id", "name")
                .dialect();
    }

    static Dialect deployment() {
        return new Dialect.Draft(
                        "a GCM deployment descriptor", "|urn:gcm:deployment:[0-9.]+", "xmlns='urn:gcm:deployment:1.0'")
                .renamed(DEPLOYMENT, "actium")
                .renamed("environment", "variables")
                .dissolved("infrastructure", "hosts", "groups", "bridges")
                .dialect();
    }
}
