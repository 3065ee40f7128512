//! What a container's image is called.

/// Tags that move by design.
const MOVING: [&str; 8] = ["latest", "stable", "edge", "main", "master", "nightly", "dev", "develop"];

/// An image as a container names it, by its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Image<'a> {
    /// Where it is kept, such as `ghcr.io`; Docker Hub, where none is named.
    pub(crate) registry: &'a str,
    /// What it is called there, without the `library/` of Docker's own.
    pub(crate) repository: &'a str,
    /// Its tag, if it names one.
    pub(crate) tag: Option<&'a str>,
    /// Its digest, if it names one: then the tag says nothing.
    pub(crate) digest: Option<&'a str>,
}

impl<'a> Image<'a> {
    /// The parts of what is written.
    pub(crate) fn of(written: &'a str) -> Self {
        const HUB: &str = "docker.io";
        let (rest, digest) = written.split_once('@').map_or((written, None), |(rest, digest)| (rest, Some(digest)));
        let tagged = rest.rsplit_once(':').filter(|(_, tag)| !tag.contains('/'));
        let (name, tag) = tagged.map_or((rest, None), |(name, tag)| (name, Some(tag)));
        let is_registry = |first: &str| first.contains(['.', ':']) || first == "localhost";
        let (registry, repository) =
            name.split_once('/').filter(|(first, _)| is_registry(first)).unwrap_or((HUB, name));
        let registry = if registry == "index.docker.io" { HUB } else { registry };
        let own = repository.strip_prefix("library/").filter(|_| registry == HUB);
        Self { registry, repository: own.unwrap_or(repository), tag, digest }
    }

    /// Whether what it stands for changes by design: it has no tag, or one that moves.
    pub(crate) fn moves(&self) -> bool {
        self.digest.is_none() && self.tag.is_none_or(|tag| MOVING.contains(&tag))
    }

    /// How it says that it changes by design.
    pub(crate) fn moving(&self) -> String {
        self.tag.map_or("has no tag, which means latest".to_owned(), |tag| format!("has the tag {tag}, which moves"))
    }

    /// The major version, where its tag is one of Semantic Versioning in full, such as `v1.2.3` or `1.2.3-alpine`.
    pub(crate) fn major(&self) -> Option<u64> {
        let version = self.tag?.trim_start_matches('v').split(['-', '+']).next()?;
        let numbers = version.split('.').map(str::parse).collect::<Result<Vec<u64>, _>>().ok()?;
        if let [major, _, _] = numbers[..] { Some(major) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn an_image_without_a_registry_is_of_docker_hub() {
        for written in
            ["nginx", "library/nginx", "docker.io/nginx", "docker.io/library/nginx", "index.docker.io/library/nginx"]
        {
            let image = Image::of(written);
            assert_eq!((image.registry, image.repository, image.tag), ("docker.io", "nginx", None), "{written}");
        }
        let image = Image::of("localhost:5000/team/web:1.2@sha256:ab");
        assert_eq!((image.registry, image.repository), ("localhost:5000", "team/web"));
        assert_eq!((image.tag, image.digest), (Some("1.2"), Some("sha256:ab")));
        assert_eq!(Image::of("registry.k8s.io/pause").repository, "pause");
        assert_eq!(Image::of("bitnami/redis:7").registry, "docker.io");
    }

    #[test]
    fn only_a_whole_version_has_a_major_one() {
        let major = |written| Image::of(written).major();
        assert_eq!((major("a:v8.4.1"), major("a:5.7.44-debian")), (Some(8), Some(5)));
        assert_eq!((major("a:8.4"), major("a:latest"), major("a"), major("a:2024.x.1")), (None, None, None, None));
    }

    #[test]
    fn a_digest_holds_whatever_the_tag_is() {
        assert!(Image::of("a").moves() && Image::of("a:latest").moves());
        assert!(!Image::of("a:latest@sha256:ab").moves() && !Image::of("a:1").moves());
    }
}
