package org.actium.deployment.descriptor.dialect;

import java.util.Set;

/**
 * The descriptors of ProActive from 2003 to 2009, and as its slides and manual print them: {@code ProActiveDescriptor}
 * with or without namespace.
 */
final class ProActiveDialect {

    static final String ROOT = "ProActiveDescriptor";

    /** Everything that only groups definitions; the definitions may stand in any of them, and outside. */
    private static final Set<String> CONTAINERS = Set.of(
            "componentDefinition",
            "virtualNodesDefinition",
            "virtualNodesAcquisition",
            "deployment",
            "mapping",
            "jvms",
            "infrastructure",
            "processes",
            "services",
            "acquisition",
            "technicalServices",
            "technicalServiceDefinitions",
            "fileTransferDefinitions",
            "FileTransferDefinitions");

    private static final String TECHNICAL_SERVICE = "technicalServiceDefinition";

    private ProActiveDialect() {}

    static Dialect dialect() {
        var draft = new Dialect.Draft(
                        "a ProActive descriptor",
                        "|urn:proactive:deployment:[0-9.]+|https?://\\S*/DescriptorSchema\\.xsd",
                        "xmlns='urn:proactive:deployment:3.3' or none")
                .renamed(ROOT, "actium");
        CONTAINERS.forEach(container -> draft.dissolved(container)
                .renamed(container + "/service", TECHNICAL_SERVICE)
                // below these a definition has its own meaning again
                .renamed(container + "/technical-service", TECHNICAL_SERVICE));
        // 3.0 writes these with a capital first letter
        draft.capitalised(
                        "descriptorVariable",
                        "programVariable",
                        "descriptorDefaultVariable",
                        "programDefaultVariable",
                        "javaPropertyVariable",
                        "javaPropertyDescriptorDefault",
                        "javaPropertyProgramDefault",
                        "includeXMLFile",
                        "includePropertyFile",
                        "fileTransfer",
                        "fileTransferDeploy",
                        "fileTransferRetrieve")
                .dissolved("jvmSet", "creation")
                // before 2004 the method stood beside a creation and named the protocol of the runtime
                .dissolvedWithout("jvm/acquisition", "method")
                .renamed("virtualNodesAcquisition/virtualNode", "acquiredVirtualNode")
                .renamed(ROOT + "/service", TECHNICAL_SERVICE)
                .renamed("technical-service", TECHNICAL_SERVICE)
                .renamed("currentJvm", "currentJVM")
                .renamed("vnName", "vmName")
                .renamed("aquisitionReference", "serviceReference")
                .renamed("acquisitionReference", "serviceReference")
                .renamed("acquisitionDefinition", "serviceDefinition")
                .renamed("gridengineProcess", "gridEngineProcess")
                .renamed("P2PLookup", "P2PService")
                .renamed("recoveryServer", "recoveryProcess")
                .renamed("mpiOptions/hostsNumber", "processNumber")
                .attribute("jvm", "nodeNumber", "askedNodes")
                .attribute("virtualNode", "serviceRefid", "technicalServiceId")
                .attribute("virtualNode", "FileTransferDeploy", "fileTransferDeploy")
                .attribute("virtualNode", "FileTransferRetrieve", "fileTransferRetrieve")
                .attribute("dir", "include", "includes")
                .attribute("dir", "exclude", "excludes")
                .attribute("file", "URI", "uri")
                .attribute("P2PService", "NodesAsked", "nodesAsked")
                .attribute("P2PLookup", "NodesAsked", "nodesAsked")
                .attribute("P2PLookup", "nodeNumber", "nodesAsked");
        return PolicyDialect.addTo(draft).dialect();
    }
}
