# A provider for Vagrant whose machines run already, reached as VirtualBox's are: by its NAT, as the box's user, with the key that every
# box has. It is read as Vagrant's own Vagrantfile (VAGRANT_HOME/Vagrantfile). Vagrant itself is the real one.

class StandIn < Vagrant.plugin("2", :provider)
  Driver = Struct.new(:read_bridged_interfaces)

  def initialize(machine)
    @machine = machine
  end

  def driver
    Driver.new(ENV.fetch("INTERFACES").split(",").map { |name| { name: name, status: "Up" } })
  end

  def ssh_info
    { host: "10.0.2.15", port: 22 }
  end

  def state
    id = @machine.id ? :running : :not_created
    Vagrant::MachineState.new(id, id.to_s, id.to_s)
  end

  def action(name)
    builtin = Vagrant::Action::Builtin
    Vagrant::Action::Builder.new.tap do |builder|
      builder.use(builtin::ConfigValidate)
      builder.use(builtin::Provision)
      builder.use(Started) if name == :up
      builder.use(builtin::WaitForCommunicator, [:running])
    end
  end

  # What Vagrant knows a machine by.
  class Started
    def initialize(app, _)
      @app = app
    end

    def call(env)
      env[:machine].id ||= "stand-in"
      @app.call(env)
    end
  end

  class Plugin < Vagrant.plugin("2")
    name "stand-in"
    provider(:stand_in, box_optional: true) { StandIn }
  end
end
