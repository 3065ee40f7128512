//! What cloud-init does in an instance at its first start.

use stackwright::prelude::*;

use super::USER;
use crate::cloud_init::{UserData, Written};
use crate::instances::Instance;
use crate::netplan::Netplan;

/// After what Multipass gives: netplan reads files in the order of their names.
const NETPLAN: &str = "/etc/netplan/60-stackwright.yaml";

/// `machines/multipass/NAME.yaml`. Multipass takes user-data alone, and no configuration of networks, so netplan's file is among it.
pub fn user_data(instance: &Instance, networks: &[Network]) -> Result<File, Error> {
    let netplan = Netplan::of(instance.host, networks)?.named_by(&instance.mac).text(NETPLAN)?;
    let user_data = UserData {
        ssh_pwauth: false,
        write_files: vec![
            Written { path: NETPLAN.into(), permissions: "0600", content: netplan },
            // Multipass keeps its own key in the user's home.
            Written {
                path: "/etc/ssh/sshd_config.d/00-stackwright.conf".into(),
                permissions: "0644",
                content: "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/authorized_keys.d/%u\n".into(),
            },
            Written {
                path: format!("/etc/ssh/authorized_keys.d/{USER}"),
                permissions: "0644",
                content: "# machines/multipass/authorized_keys replaces this.\n".into(),
            },
        ],
        // At the first start, the network is there before files are written.
        runcmd: vec![vec!["netplan", "apply"], vec!["systemctl", "try-reload-or-restart", "ssh.service"]],
    };
    user_data.file(&format!("machines/multipass/{}.yaml", instance.name))
}
