# Do the Vagrantfile and the inventory describe the same machines? ruby agree.rb VAGRANTFILE.json INVENTORY.json
#
# The first is what vagrantfile.rb prints, the second what `ansible-inventory --list` does.

require "json"

vagrantfile, inventory = ARGV.map { |file| JSON.parse(File.read(file)) }
wrong = []

machines = vagrantfile["vm"]["machines"].transform_values { |machine| machine["vm"] }
hosts = inventory["_meta"]["hostvars"]
wrong << "machines #{machines.keys} but hosts #{hosts.keys}" unless machines.keys.sort == hosts.keys.sort

machines.each do |name, machine|
  _, network = machine["network"].first
  virtualbox = machine["providers"]["virtualbox"]
  host = hosts.fetch(name, {})
  wrong << "#{name} is called #{machine["hostname"]}" unless machine["hostname"] == name
  wrong << "#{name} is #{virtualbox["name"]} in VirtualBox" unless virtualbox["name"] == name
  wrong << "#{name} is at #{network["ip"]}, in the inventory at #{host["ansible_host"]} and #{host["ip"]}" unless
    [host["ansible_host"], host["ip"]] == [network["ip"]] * 2
end

abort wrong.join("\n") unless wrong.empty?
puts "Vagrantfile and inventory: #{machines.size} machines, the same in both"
