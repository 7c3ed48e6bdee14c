package org.actium.deployment.descriptor.dialect;

/** Security policies: the schemas 1.0 and 1.1, the names of 3.0, and those that its manual prints. */
final class PolicyDialect {

    static final String ROOT = "Policy";

    /** Namespaces of policies, which may stand in descriptors. */
    static final String NAMESPACE = "urn:proactive:security:[0-9.]+|https?://\\S*/SecuritySchema\\.xsd";

    private PolicyDialect() {}

    static Dialect dialect() {
        return addTo(new Dialect.Draft(
                        "a security policy", "|" + NAMESPACE, "xmlns='urn:proactive:security:1.1' or none"))
                .dialect();
    }

    static Dialect.Draft addTo(Dialect.Draft draft) {
        return draft.renamed(ROOT, "policy")
                .capitalised(
                        "applicationName",
                        "certificate",
                        "privateKey",
                        "certificationAuthority",
                        "trustedCertificationAuthority",
                        "rule",
                        "accessRights",
                        "entity",
                        "from",
                        "to",
                        "communication",
                        "request",
                        "reply",
                        "attributes",
                        "migration")
                .dissolved("Rules")
                .renamed("PKCS12KeyStore", "keyStore")
                .renamed("PKCS12Certificate", "keyStore")
                .renamed("AESKeySize", "aesKeySize")
                .renamed("MacKeySize", "macKeySize")
                .renamed("MACKeySize", "macKeySize")
                .renamed("EntitiesFrom", "from")
                .renamed("EntitiesTo", "to")
                .renamed("Outgoing", "request")
                .renamed("Incoming", "reply")
                .renamed("OACreation", "creation")
                .renamed("AOCreation", "creation")
                .renamed("ActiveObjectCreation", "creation");
    }
}
