//! Data disks: a file system on each, mounted now and at every start.

use stackwright::prelude::*;

/// What makes and mounts the data disks of those hosts that have one.
///
/// # Errors
/// When a disk has no size, or is to be mounted where `/etc/fstab` could not say.
pub fn artefacts<'h>(hosts: impl IntoIterator<Item = &'h Host>) -> Result<Vec<Artefact>, Error> {
    let disks = hosts.into_iter().filter_map(|host| Some((host, host.data_disk.as_ref()?)));
    disks.map(|(host, disk)| artefact(host, disk)).collect()
}

fn artefact(host: &Host, DataDisk { gibibytes, mounted_at }: &DataDisk) -> Result<Artefact, Error> {
    if *gibibytes == 0 || !is_mountpoint(mounted_at) {
        return Err(Error::new(
            format!(
                "the data disk of `{}` is {gibibytes} GiB at `{}`",
                host.name.escape_debug(),
                mounted_at.escape_debug()
            ),
            "give it a size, and an absolute path of letters, digits, dots and hyphens, such as /srv/data",
        ));
    }
    let script = File::script("machines/remote/data-disk.sh", include_str!("disk/data-disk.sh"));
    Ok(Artefact {
        arguments: vec![gibibytes.to_string(), mounted_at.clone()],
        ..Artefact::new(host, &format!("data disk at {mounted_at}"), script)
    })
}

/// Whether `/etc/fstab` takes a path as it is, and it is not the system's own root.
fn is_mountpoint(path: &str) -> bool {
    let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    let mut parts = path.strip_prefix('/').into_iter().flat_map(|path| path.split('/')).peekable();
    parts.peek().is_some() && parts.all(|part| !["", ".", ".."].contains(&part) && is_plain(part))
}
