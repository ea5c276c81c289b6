using Colloque.Consultations;
using Colloque.Files;
using Colloque.Organizations;
using Colloque.People;
using Microsoft.EntityFrameworkCore;

namespace Colloque.Storage;

/// <summary>The entities as EF sees them. SQL defines the tables (<c>Storage/Migrations</c>); each feature maps its own.</summary>
public sealed class ColloqueDb(DbContextOptions<ColloqueDb> options) : DbContext(options)
{
    /// <summary>Tenants.</summary>
    public DbSet<Organization> Organizations => Set<Organization>();

    /// <summary>People, of every role.</summary>
    public DbSet<User> Users => Set<User>();

    /// <summary>Visits.</summary>
    public DbSet<Consultation> Consultations => Set<Consultation>();

    /// <summary>What happened to visits.</summary>
    public DbSet<ConsultationEvent> ConsultationEvents => Set<ConsultationEvent>();

    /// <summary>Files of conversations.</summary>
    public DbSet<StoredFile> Files => Set<StoredFile>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        OrganizationTables.Map(modelBuilder);
        PeopleTables.Map(modelBuilder);
        ConsultationTables.Map(modelBuilder);
        FileTables.Map(modelBuilder);
        // Columns are the properties' names in snake case; only what differs is mapped by hand.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.SetColumnName(SnakeCase.Of(property.Name));
        }
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }
}
