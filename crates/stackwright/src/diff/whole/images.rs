//! Where images come from, and whether they stay what they are.

use super::{Direction, Matter, Shift, Sides};
use crate::check::{ContainerPath, Pods};
use crate::links::Image;

/// What is otherwise about the images of containers that are there before and after.
pub(super) fn shifts<'a>(sides: &Sides<'_, 'a>) -> Vec<Shift<'a>> {
    let mut found = Vec::new();
    for (old, new) in sides.pods().filter(|(old, new)| old.spec != new.spec) {
        for (path, container) in new.containers() {
            let Some((was, is)) = image(old, path, &container.name).zip(container.image.as_deref()) else { continue };
            let whose = format!("container \"{}\" of {}", container.name, new.item.label());
            found.extend(told(Image::of(was), Image::of(is), &whose).into_iter().map(|(direction, fact)| Shift {
                matter: Matter::Images,
                direction,
                fact,
                objects: vec![new.item],
            }));
        }
    }
    found
}

fn image<'a>(pods: &Pods<'a>, path: ContainerPath, name: &str) -> Option<&'a str> {
    let is_it = |at: &ContainerPath| at.initialises == path.initialises;
    pods.containers().find(|(at, container)| is_it(at) && container.name == name)?.1.image.as_deref()
}

fn told(was: Image<'_>, is: Image<'_>, whose: &str) -> Vec<(Direction, String)> {
    let mut told = Vec::new();
    let is_moved = (was.registry, was.repository) != (is.registry, is.repository);
    if is_moved {
        let name = |image: Image<'_>| format!("{}/{}", image.registry, image.repository);
        let fact = format!("{whose} takes its image from {}, and no longer from {}", name(is), name(was));
        told.push((Direction::Neither, fact));
    }
    if let (Some(before), Some(now)) = (was.major(), is.major())
        && now < before
        && !is_moved
    {
        let (was, is) = (was.tag.unwrap_or_default(), is.tag.unwrap_or_default());
        told.push((Direction::Weaker, format!("the image of {whose} goes back a major version, from {was} to {is}")));
    }
    match (was.moves(), is.moves()) {
        (false, true) => told.push((Direction::Weaker, format!("the image of {whose} {}", is.moving()))),
        (true, false) => told.push((Direction::Stronger, format!("the image of {whose} stays what it is from now on"))),
        _ if was.digest.is_some() && is.digest.is_none() => {
            let fact = format!("the image of {whose} has no digest any more, so that its tag may come to mean another");
            told.push((Direction::Weaker, fact));
        }
        _ => {}
    }
    told
}
