/** An ssh client in this JVM: Apache MINA SSHD. */
package org.actium.ssh.mina;
