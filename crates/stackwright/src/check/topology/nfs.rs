use std::net::IpAddr;

use k8s_openapi::api::core::v1::{Container, PersistentVolume};
use k8s_openapi::api::storage::v1::StorageClass;

use crate::Host;
use crate::check::{ContainerPath, Item, Objects, Pods};

/// A directory of an NFS server that an object mounts, or hands out pieces of.
pub(crate) struct Nfs<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The server: a name or an address.
    pub server: &'a str,
    /// The path of that field.
    pub server_path: String,
    /// The directory.
    pub directory: &'a str,
    /// The path of that field.
    pub directory_path: String,
    /// The pods whose node mounts it, if it is their volume.
    pub pods: Option<Pods<'a>>,
}

/// Every NFS directory in volumes of pods, volumes of the cluster, and classes of the NFS CSI driver.
pub(super) fn mounted<'a>(objects: &Objects<'a>) -> Vec<Nfs<'a>> {
    let mut mounted = Vec::new();
    for pods in &objects.pods {
        for (number, volume) in pods.spec.volumes.iter().flatten().enumerate() {
            let Some(nfs) = &volume.nfs else { continue };
            let path = pods.spec_path(&format!("volumes[{number}].nfs"));
            mounted.push(Nfs {
                item: pods.item,
                server: &nfs.server,
                server_path: format!("{path}.server"),
                directory: &nfs.path,
                directory_path: format!("{path}.path"),
                pods: Some(*pods),
            });
        }
    }
    for (item, volume) in objects.all::<PersistentVolume>() {
        let Some(spec) = &volume.spec else { continue };
        if let Some(nfs) = &spec.nfs {
            mounted.push(Nfs {
                item,
                server: &nfs.server,
                server_path: "spec.nfs.server".to_owned(),
                directory: &nfs.path,
                directory_path: "spec.nfs.path".to_owned(),
                pods: None,
            });
        }
        let driver = spec.csi.as_ref().filter(|csi| csi.driver == CSI_DRIVER);
        mounted.extend(driver.and_then(|csi| {
            let attributes = csi.volume_attributes.as_ref()?;
            Some(of_driver(item, "spec.csi.volumeAttributes", attributes.get("server")?, attributes.get("share")?))
        }));
    }
    let classes = objects.all::<StorageClass>().filter(|(_, class)| class.provisioner == CSI_DRIVER);
    mounted.extend(classes.filter_map(|(item, class)| {
        let parameters = class.parameters.as_ref()?;
        Some(of_driver(item, "parameters", parameters.get("server")?, parameters.get("share")?))
    }));
    mounted
}

/// The CSI driver that brings its own NFS client along.
const CSI_DRIVER: &str = "nfs.csi.k8s.io";

fn of_driver<'a>(item: Item<'a>, path: &str, server: &'a str, directory: &'a str) -> Nfs<'a> {
    Nfs {
        item,
        server,
        server_path: format!("{path}.server"),
        directory,
        directory_path: format!("{path}.share"),
        pods: None,
    }
}

impl<'a> Nfs<'a> {
    /// Whether the server is named by an address of this host.
    pub(crate) fn is_served_by(&self, host: &Host) -> bool {
        self.server.parse::<IpAddr>().is_ok_and(|server| host.addresses().any(|address| address == server))
    }

    /// Whether it is a class, of which the CSI driver makes volumes.
    pub(crate) fn is_class(&self) -> bool {
        self.item.object.kind() == "StorageClass"
    }

    /// The values and paths of the variables that tell nfs-subdir-external-provisioner the same server and directory once more.
    pub(crate) fn provisioner_variables(&self) -> Vec<(&'static str, &'a str, String)> {
        let containers = self.pods.iter().flat_map(Pods::containers);
        containers.flat_map(|(path, container)| variables(path, container)).collect()
    }
}

fn variables(path: ContainerPath, container: &Container) -> Vec<(&'static str, &str, String)> {
    let variables = container.env.iter().flatten().enumerate();
    let named = variables.filter_map(|(number, variable)| {
        let name = ["NFS_SERVER", "NFS_PATH"].into_iter().find(|name| *name == variable.name)?;
        Some((name, variable.value.as_deref()?, format!("{path}.env[{number}].value")))
    });
    named.collect()
}
